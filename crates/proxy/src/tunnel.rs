//! A tunnel: after a 101, the bytes of each side go to the other, unread.
//!
//! Owns the two directions and the clock that both wind up. Leaves out what an end or a silence means: it asks the
//! connection's machine, so that one direction may end while the other goes on.

use crate::parts::connection::Machine;
use std::io;
use std::pin::pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::tcp::{ReadHalf, WriteHalf};
use tokio::time::{Instant, sleep_until};
use wire::connection::{Action, Event, Side};

/// How much one read may bring.
const READ: usize = 16 * 1024;

/// One side of a tunnel.
pub(crate) struct End<'a, 'b> {
    pub(crate) read: &'a mut ReadHalf<'b>,
    pub(crate) write: &'a mut WriteHalf<'b>,
    /// What it has sent already, too early to be passed on.
    pub(crate) held: &'a [u8],
}

/// What went through a tunnel.
pub(crate) struct Passed {
    /// Bytes from the client to the upstream.
    pub(crate) up: u64,
    /// Bytes from the upstream to the client.
    pub(crate) down: u64,
    /// What becomes of the client's connection.
    pub(crate) action: Action,
}

/// Passes bytes on until both sides have ended, or nothing has moved for `idle`.
pub(crate) async fn run(client: End<'_, '_>, upstream: End<'_, '_>, idle: Duration, machine: &mut Machine) -> Passed {
    let clock = Clock { began: Instant::now(), last: AtomicU64::new(0) };
    let (up, down) = (AtomicU64::new(0), AtomicU64::new(0));
    let mut upward = pin!(carry(client.read, upstream.write, client.held, &clock, &up));
    let mut downward = pin!(carry(upstream.read, client.write, upstream.held, &clock, &down));
    let mut silence = pin!(clock.silence(idle));
    let (mut up_ended, mut down_ended) = (false, false);
    let action = loop {
        let (side, ended) = tokio::select! {
            ended = &mut upward, if !up_ended => (Side::Client, ended),
            ended = &mut downward, if !down_ended => (Side::Upstream, ended),
            () = &mut silence => break machine.step(Event::TimedOut(Side::Client)).unwrap_or(Action::Close),
        };
        *(if side == Side::Client { &mut up_ended } else { &mut down_ended }) = true;
        let mut action = machine.step(Event::Closed(side)).unwrap_or(Action::Close);
        match (action, ended) {
            // The other side has nothing left to say either when it cannot be heard or answered.
            (Action::Finish(_), Err(_)) => {
                action = machine.step(Event::Closed(side.other())).unwrap_or(Action::Close);
            }
            (Action::Finish(_), Ok(to)) => {
                // A side that is gone shows itself again when it is read from.
                to.shutdown().await.ok();
                continue;
            }
            _ => {}
        }
        break action;
    };
    Passed { up: up.load(Ordering::Relaxed), down: down.load(Ordering::Relaxed), action }
}

/// One direction, to its end. Gives the writing half back, so that the end can be passed on.
async fn carry<'a>(
    from: &mut ReadHalf<'_>,
    to: &'a mut WriteHalf<'_>,
    held: &[u8],
    clock: &Clock,
    moved: &AtomicU64,
) -> io::Result<&'a mut (dyn AsyncWrite + Send + Unpin + 'a)> {
    // The clock of the tunnel is the only one: it runs while a write waits, too.
    to.write_all(held).await?;
    moved.fetch_add(held.len() as u64, Ordering::Relaxed);
    let mut buffer = Vec::with_capacity(READ);
    loop {
        buffer.clear();
        if from.read_buf(&mut buffer).await? == 0 {
            return Ok(to);
        }
        clock.wind();
        to.write_all(&buffer).await?;
        moved.fetch_add(buffer.len() as u64, Ordering::Relaxed);
        clock.wind();
    }
}

/// When something moved last. Atomic, because both directions wind it up and the task may change threads;
/// nobody else sees it.
struct Clock {
    began: Instant,
    /// Milliseconds after `began`.
    last: AtomicU64,
}

impl Clock {
    fn wind(&self) {
        let passed = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.last.store(passed, Ordering::Relaxed);
    }

    /// Ends when nothing has moved for `idle`.
    async fn silence(&self, idle: Duration) {
        loop {
            let until = self.began + Duration::from_millis(self.last.load(Ordering::Relaxed)) + idle;
            if Instant::now() >= until {
                return;
            }
            sleep_until(until).await;
        }
    }
}
