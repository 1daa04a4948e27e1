//! One client's connection, from its first byte to its last.
//!
//! Owns the socket and the buffer that goes round: `cut` takes it and gives a head and a rest, `recycle` makes
//! the next buffer of the two. It reports to the connection's machine (part `connection`) what happens, and does
//! what the machine says. Leaves out what a request needs an answer from (see `dispatch`).

use crate::body::{make_room, send};
use crate::dispatch::dispatch;
use crate::forward::Client;
use crate::heads::connection_line;
use crate::log::Finished;
use crate::outcome::Ended;
use crate::parts::connection::{self, Machine};
use crate::parts::{Panicked, request};
use crate::plan::Plan;
use crate::refusal::Refusal;
use crate::shared::Shared;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Instant;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{sleep_until, timeout_at};
use wire::connection::{Action, Bounds, Event, Reason, Side};
use wire::{Cut, Fault, Framing, ParseError, RequestHead, Version};

/// Room for one read of a head. Most heads are smaller.
const READ: usize = 4 * 1024;

/// Serves one client until it or we have enough. `number` counts the connections of the proxy.
pub(crate) async fn serve(mut stream: TcpStream, address: IpAddr, number: u64, shared: Arc<Shared>) {
    let settings = &shared.settings;
    let bounds = Bounds { requests: settings.requests, head: settings.limits.head, discard: settings.linger_bytes };
    let mut out = Vec::new();
    let mut machine = match Machine::new(bounds, Arc::clone(&shared.log.events), number) {
        Ok(machine) => machine,
        Err(panic) => return shared.log.refused(500, &panic.to_string(), address, Some(number)),
    };
    let mut buffer = Vec::new();
    let action = loop {
        match turn(&mut stream, buffer, &mut out, &mut machine, address, &shared).await {
            Turn::Again(recycled) => {
                buffer = recycled;
                let_go(&mut buffer);
                out.clear();
                let_go(&mut out);
            }
            Turn::Over(action) => break action,
        }
    };
    match action {
        Action::Discard => discard(&mut stream, &mut machine, &shared).await,
        // A failure leaves an ordinary close, and there is nothing left to try.
        Action::Reset => drop(stream.set_zero_linger()),
        // Dropping the socket closes it; what the client has not got by then, it can tell.
        Action::Close | Action::Abort => {}
        Action::Read
        | Action::Forward
        | Action::GoOn
        | Action::Answer { .. }
        | Action::Refuse { .. }
        | Action::Tunnel
        | Action::Finish(_) => {
            shared.log.refused(500, &format!("a connection ended with {action:?}"), address, Some(number));
        }
    }
    if let Some(reason @ Reason::Impossible { .. }) = machine.reason() {
        let text = format!("a connection was told what cannot happen: {reason:?}");
        shared.log.refused(500, &text, address, Some(number));
    }
}

/// Lets go of the room that a large message took: this connection may wait long, and beside it ten thousand others.
fn let_go(buffer: &mut Vec<u8>) {
    if buffer.is_empty() && buffer.capacity() > READ {
        *buffer = Vec::new();
    }
}

enum Turn {
    /// The next request may come; here is its buffer.
    Again(Vec<u8>),
    Over(Action),
}

/// Why no head came.
enum Halt {
    /// An answer of ours is due.
    Answer(Refusal, Result<Action, Panicked>),
    Over(Action),
}

impl Halt {
    /// What `event` means before a head is whole. `refusal` is what we would say.
    fn of(machine: &mut Machine, event: Event, refusal: impl FnOnce() -> Refusal) -> Self {
        match machine.step(event) {
            Ok(action @ Action::Refuse { .. }) => Halt::Answer(refusal(), Ok(action)),
            Ok(action) => Halt::Over(action),
            Err(panic) => panic.into(),
        }
    }
}

impl From<Panicked> for Halt {
    fn from(panic: Panicked) -> Self {
        Halt::Answer(Refusal::ours(&panic), Err(panic))
    }
}

/// One request and its answer: the journey of the buffer.
async fn turn(
    stream: &mut TcpStream,
    buffer: Vec<u8>,
    out: &mut Vec<u8>,
    machine: &mut Machine,
    address: IpAddr,
    shared: &Arc<Shared>,
) -> Turn {
    let limits = &shared.settings.limits;
    let (head, mut rest) = match next_head(stream, buffer, machine, shared).await {
        Ok(cut) => cut,
        Err(halt) => return halted(stream, out, machine, halt, address, shared).await,
    };
    let started = Instant::now();
    let handed = match request::parse(head, limits).map(|parsed| parsed.map(request::hand_on)) {
        Ok(Ok(Ok(handed))) => handed,
        Ok(Err(error)) => {
            let refusal = Refusal::client(error);
            let halt = Halt::of(machine, Event::Refused(refusal.status), || refusal);
            return halted(stream, out, machine, halt, address, shared).await;
        }
        Ok(Ok(Err(panic))) | Err(panic) => {
            let halt = Halt::of(machine, Event::Refused(500), || Refusal::ours(&panic));
            return halted(stream, out, machine, halt, address, shared).await;
        }
    };
    machine.tell_began(&handed.head);
    let ended = answer(stream, &handed.head, &mut rest, out, machine, address, shared).await;
    shared.log.finished(&Finished {
        note: &handed.note,
        head: &handed.head,
        connection: machine.connection(),
        client: address,
        status: ended.status,
        request_bytes: ended.request_bytes,
        response_bytes: ended.response_bytes,
        took: started.elapsed(),
    });
    if ended.action != Action::Read {
        return Turn::Over(ended.action);
    }
    match request::recycle(handed.head, rest) {
        Ok(buffer) => Turn::Again(buffer),
        // The answer is out already, so the client can only lose the connection.
        Err(panic) => {
            shared.log.refused(500, &panic.to_string(), address, Some(machine.connection()));
            Turn::Over(Action::Close)
        }
    }
}

/// The upstream's answer to a request, or ours in its place.
async fn answer(
    stream: &mut TcpStream,
    head: &RequestHead,
    rest: &mut Vec<u8>,
    out: &mut Vec<u8>,
    machine: &mut Machine,
    address: IpAddr,
    shared: &Arc<Shared>,
) -> Ended {
    let is_head = head.method() == b"HEAD";
    let plan = match Plan::of(head, &shared.via) {
        Ok(plan) => plan,
        Err(refusal) => {
            let action = machine.step(Event::Refused(refusal.status));
            return refuse(stream, out, machine, refusal, action, (is_head, head.version()), shared).await;
        }
    };
    let body = !matches!(plan.framing, Framing::Empty | Framing::Length(0));
    let begun = machine.step(Event::HeadEnded { body, persistent: plan.persistent, upgrade: plan.upgrade });
    let unanswered = match begun {
        Ok(Action::Forward) => {
            let mut client = Client { stream, rest, out, address, machine, watch: None };
            match dispatch(&mut client, &plan, shared).await {
                Ok(ended) => return ended,
                Err(unanswered) => unanswered,
            }
        }
        Ok(action) => return Ended { status: 500, request_bytes: 0, response_bytes: 0, action },
        Err(panic) => panic.into(),
    };
    refuse(stream, out, machine, unanswered.refusal, unanswered.action, (is_head, head.version()), shared).await
}

/// Sends an answer of our own, if that is what the machine has decided.
async fn refuse(
    stream: &mut TcpStream,
    out: &mut Vec<u8>,
    machine: &mut Machine,
    mut refusal: Refusal,
    action: Result<Action, Panicked>,
    (answers_head, version): (bool, Version),
    shared: &Shared,
) -> Ended {
    let stays = match action {
        Ok(Action::Refuse { status, keep }) => {
            refusal.status = status;
            keep
        }
        Ok(action) => return Ended { status: refusal.status, request_bytes: 0, response_bytes: 0, action },
        Err(panic) => {
            refusal = Refusal::ours(&panic);
            // After its own panic, the machine has a last answer left; after one of another part, it decides.
            panic.part != connection::PART
                && matches!(machine.step(Event::Refused(500)), Ok(Action::Refuse { keep: true, .. }))
        }
    };
    out.clear();
    let via = shared.via.of(Version::Http11);
    let length = refusal.write(out, answers_head, connection_line(stays, version), via);
    let (_, mut write) = stream.split();
    let sent = send(&mut write, out, b"", shared.settings.timeouts.body).await;
    let event = if sent.is_ok() { Event::AnswerEnded } else { Event::Closed(Side::Client) };
    let action = machine.step(event).unwrap_or(Action::Close);
    Ended { status: refusal.status, request_bytes: 0, response_bytes: length as u64, action }
}

/// Ends a connection on which no request came about, so that there is no note to log.
async fn halted(
    stream: &mut TcpStream,
    out: &mut Vec<u8>,
    machine: &mut Machine,
    halt: Halt,
    address: IpAddr,
    shared: &Shared,
) -> Turn {
    match halt {
        Halt::Over(action) => Turn::Over(action),
        Halt::Answer(refusal, action) => {
            shared.log.refused(refusal.status, &refusal.text, address, Some(machine.connection()));
            Turn::Over(refuse(stream, out, machine, refusal, action, (false, Version::Http11), shared).await.action)
        }
    }
}

/// Waits for a whole head.
async fn next_head(
    stream: &mut TcpStream,
    mut buffer: Vec<u8>,
    machine: &mut Machine,
    shared: &Shared,
) -> Result<(Vec<u8>, Vec<u8>), Halt> {
    let settings = &shared.settings;
    let limits = &settings.limits;
    let idle_until = tokio::time::Instant::now() + settings.timeouts.idle;
    let mut head_until = None;
    // Bytes of the head that the machine knows of. Empty lines before it are none: after them we are idle still.
    let mut told = 0;
    // Bytes of those empty lines. One or two are a habit of old clients (RFC 9112 2.2), more are somebody's game.
    let mut skipped = 0;
    loop {
        if !buffer.is_empty() {
            // `cut` keeps the buffer when it refuses it. A head without a single line end is one long
            // request line, and that deserves its own status (RFC 9110 15.5.15).
            let came = buffer.len();
            let first_line_is_long = came > limits.head && memchr::memchr(b'\n', &buffer[..limits.head]).is_none();
            let partial = match request::cut(buffer, limits) {
                Ok(Ok(Cut::Complete { head, rest })) => {
                    tell(machine, &mut told, head.len())?;
                    return Ok((head, rest));
                }
                // A part that forgets its limit must not cost us the memory: the machine counts, too.
                Ok(Ok(Cut::Partial(partial))) => {
                    skipped += came.saturating_sub(partial.len());
                    if !is_half_an_empty_line(&partial) {
                        tell(machine, &mut told, partial.len())?;
                    }
                    if skipped > limits.head { Err(only_empty_lines(skipped)) } else { Ok(partial) }
                }
                Ok(Err(_)) if first_line_is_long => {
                    let limit = limits.target;
                    Err(Refusal::client(ParseError::new(Fault::TargetTooLong { limit }, limits.head)))
                }
                Ok(Err(error)) => Err(Refusal::client(error)),
                Err(panic) => Err(Refusal::ours(&panic)),
            };
            buffer = match partial {
                Ok(partial) => partial,
                Err(refusal) => {
                    // What was refused was a head that had begun.
                    tell(machine, &mut told, came.min(limits.head))?;
                    return Err(Halt::of(machine, Event::Refused(refusal.status), || refusal));
                }
            };
        }
        let is_idle = buffer.is_empty() || is_half_an_empty_line(&buffer);
        make_room(&mut buffer, READ);
        let read = if is_idle {
            tokio::select! {
                biased;
                read = stream.read_buf(&mut buffer) => read,
                () = shared.idle_ends() => return Err(Halt::of(machine, Event::StopAsked, stopping)),
                () = sleep_until(idle_until) => return Err(Halt::of(machine, Event::TimedOut(Side::Client), too_late)),
            }
        } else {
            let until = *head_until.get_or_insert_with(|| tokio::time::Instant::now() + settings.timeouts.head);
            tokio::select! {
                biased;
                read = stream.read_buf(&mut buffer) => read,
                () = sleep_until(until) => return Err(Halt::of(machine, Event::TimedOut(Side::Client), too_late)),
            }
        };
        if matches!(read, Ok(0) | Err(_)) {
            let stopped = || Refusal::client(ParseError::new(Fault::NoBlankLine, told));
            return Err(Halt::of(machine, Event::Closed(Side::Client), stopped));
        }
    }
}

/// A CR alone may yet become an empty line, and is no head before it does not.
fn is_half_an_empty_line(buffer: &[u8]) -> bool {
    buffer == b"\r"
}

/// Tells the machine of the bytes of a head that it does not know of yet.
fn tell(machine: &mut Machine, told: &mut usize, length: usize) -> Result<(), Halt> {
    if length <= *told {
        return Ok(());
    }
    let more = length - *told;
    *told = length;
    match machine.step(Event::Read(more))? {
        Action::Read => Ok(()),
        action => {
            let limit = length.saturating_sub(1);
            Err(Halt::Answer(Refusal::client(ParseError::new(Fault::HeadTooLong { limit }, limit)), Ok(action)))
        }
    }
}

fn only_empty_lines(skipped: usize) -> Refusal {
    Refusal::new(400, format!("{skipped} bytes of empty lines, and no request"))
}

fn too_late() -> Refusal {
    Refusal::new(408, "the request head did not come in time")
}

fn stopping() -> Refusal {
    Refusal::new(503, "the proxy is stopping")
}

/// Reads on and throws away what comes. A close with bytes unread is a reset, and a reset can take our answer
/// away before the client has read it (RFC 9112 9.6).
async fn discard(stream: &mut TcpStream, machine: &mut Machine, shared: &Shared) {
    if stream.shutdown().await.is_err() {
        return;
    }
    let until = tokio::time::Instant::now() + shared.settings.timeouts.linger;
    let mut scratch = vec![0; READ];
    loop {
        let event = match timeout_at(until, stream.read(&mut scratch)).await {
            Ok(Ok(read @ 1..)) => Event::Read(read),
            Ok(Ok(0) | Err(_)) => Event::Closed(Side::Client),
            // Time that passes is as good as an end: the client has had its chance.
            Err(_) => Event::TimedOut(Side::Client),
        };
        if !matches!(machine.step(event), Ok(Action::Discard)) {
            return;
        }
    }
}
