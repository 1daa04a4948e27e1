//! A copy of a request, for the new upstream of a migration: what it answers is read, compared and thrown away.
//!
//! Owns the exchange, on a connection from the pools that everybody uses. It runs in a task of its own, waits for
//! nothing longer than a client's request would, and ends when the proxy stops. Leaves out what differs, and what that
//! means (see `migration`).

use crate::body::{Body, make_room, send};
use crate::dispatch::{connected, key_of};
use crate::events::PoolOutcome;
use crate::heads;
use crate::hops::Via;
use crate::mend::mend_colons;
use crate::migration::{Migration, Seen};
use crate::outcome::Failed;
use crate::parts::{Panicked, balancer, headers, pool};
use crate::plan::Plan;
use crate::refusal::Refusal;
use crate::shared::Shared;
use crate::upstreams::{Link, Server, Upstream};
use std::net::IpAddr;
use std::pin::pin;
use tokio::io::AsyncReadExt as _;
use tokio::net::tcp::ReadHalf;
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout, timeout_at};
use wire::connection::{Event, Side};
use wire::pool::Look;
use wire::{ResponseFraming, ResponseHead, Version, syntax};

/// Room for one read.
const READ: usize = 16 * 1024;

/// A request that is sent a second time.
pub(crate) struct Copied {
    pub(crate) method: Vec<u8>,
    pub(crate) target: Vec<u8>,
    /// The head, as the new upstream gets it. There is no body.
    bytes: Vec<u8>,
    /// For a balancer that hashes, as for the request itself.
    key: u64,
}

impl Copied {
    /// The request of `plan`, as it is sent to `upstream`.
    pub(crate) fn of(plan: &Plan<'_>, client: IpAddr, upstream: &Upstream, via: &Via) -> Result<Self, Panicked> {
        let mut bytes = Vec::new();
        // Only a request without Host is given the server's name, and of several servers the first one's will do.
        let authority = upstream.servers[0].url.authority();
        heads::request(&mut bytes, plan, authority, client, None, via)?;
        let (method, target) = (plan.head.method().to_vec(), plan.head.target().to_vec());
        Ok(Self { method, target, bytes, key: key_of(client) })
    }
}

/// Asks the new upstream, waits for what the old one says, and has the two compared.
pub(crate) async fn run(copied: &Copied, old: oneshot::Receiver<Seen>, migration: &Migration, shared: &Shared) {
    let both = tokio::select! {
        biased;
        () = shared.draining() => return,
        both = both(copied, old, &shared.upstreams[migration.new], shared) => both,
    };
    match both {
        Some((old, Ok(new))) => migration.compared(copied, &old, Ok(&new), shared),
        Some((old, Err(failed))) => {
            if let Some(why) = reason(failed) {
                migration.compared(copied, &old, Err(why), shared);
            }
        }
        None => {}
    }
}

/// What the two upstreams answer. `None`: the old one has not answered, or not to the end.
async fn both(
    copied: &Copied,
    mut old: oneshot::Receiver<Seen>,
    upstream: &Upstream,
    shared: &Shared,
) -> Option<(Seen, Result<Seen, Failed>)> {
    let mut asking = pin!(ask(copied, upstream, shared));
    tokio::select! {
        new = &mut asking => Some((old.await.ok()?, new)),
        seen = &mut old => {
            let seen = seen.ok()?;
            // The client has its answer. One that drips would hold its place for ever.
            let new = timeout(shared.settings.timeouts.response, asking).await;
            Some((seen, new.unwrap_or_else(|_| Err(late("long after the old answer, it is not whole")))))
        }
    }
}

/// Why there is no answer. `None`: one of our parts has panicked, which says nothing about the upstream.
fn reason(failed: Failed) -> Option<String> {
    match failed {
        Failed::Silent(text) => Some(text),
        Failed::Unreachable(refusal, _) | Failed::Instead(refusal) => Some(refusal.text),
        Failed::AskAgain | Failed::Unsupported | Failed::Refused(_) => None,
    }
}

/// The answer of a server of `upstream`.
async fn ask(copied: &Copied, upstream: &Upstream, shared: &Shared) -> Result<Seen, Failed> {
    let Some(pick) = balancer::pick(&upstream.balancer, copied.key, shared.now_ms(), None)? else {
        return Err(Refusal::new(503, "no server of the upstream is in service").into());
    };
    let answered = on_a_server(copied, &upstream.servers[pick.index()], shared).await;
    match &answered {
        Ok(_) => balancer::succeeded(pick),
        Err(Failed::Refused(_)) => drop(pick),
        Err(_) => balancer::failed(pick, shared.now_ms()),
    }
    answered
}

async fn on_a_server(copied: &Copied, server: &Server, shared: &Shared) -> Result<Seen, Failed> {
    let dial = async || server.dial(&shared.log).await;
    let mut lent = connected(pool::lend(&server.pool, shared.now_ms(), Look::Quick, dial), shared).await?;
    lent.life.tell(if lent.reused() { PoolOutcome::Reused } else { PoolOutcome::Opened }, None);
    loop {
        match exchange(copied, &mut lent, shared).await {
            Ok((seen, reusable)) => {
                if reusable {
                    lent.life.tell(PoolOutcome::Returned, None);
                    pool::give_back(lent, shared.now_ms());
                }
                return Ok(seen);
            }
            // RFC 9112 9.3.1, as for the request itself.
            Err(Failed::Silent(_)) if lent.reused() => {
                lent = connected(pool::redial(lent, dial), shared).await?;
                lent.life.tell(PoolOutcome::Opened, None);
            }
            Err(failed) => return Err(failed),
        }
    }
}

/// One exchange. The flag says whether the connection may serve again.
async fn exchange(copied: &Copied, link: &mut Link, shared: &Shared) -> Result<(Seen, bool), Failed> {
    let (mut from, mut to) = link.stream.split();
    let buffer = &mut link.buffer;
    // A failure here is not the end: an upstream that closes may have said why. Reading will tell.
    send(&mut to, &copied.bytes, b"", shared.settings.timeouts.body).await.ok();
    let (head, end) = final_head(&mut from, buffer, shared).await?;
    let mut seen = Seen::of(&head);
    let said = headers::connection(head.as_fields())?;
    let is_head = copied.method == b"HEAD";
    let framing = headers::response_framing(head.as_fields(), head.version(), head.status(), is_head)?;
    let ResponseFraming { framing, .. } = framing.map_err(faulty)?;
    let persistent = !said.close && (head.version() == Version::Http11 || said.keep_alive);
    *buffer = head.into_bytes();
    buffer.drain(..end);

    let mut body = Body::new(framing, &shared.settings);
    loop {
        let mut at = 0;
        while at < buffer.len() && !body.is_done() {
            let step = body.next(&buffer[at..]).map_err(faulty)?;
            seen.body.add(&buffer[at..][step.data]);
            at += step.consumed;
        }
        buffer.drain(..at);
        if body.is_done() {
            return Ok((seen, persistent && buffer.is_empty()));
        }
        make_room(buffer, READ);
        match (timeout(shared.settings.timeouts.body, from.read_buf(buffer)).await, &body) {
            (Ok(Ok(1..)), _) => {}
            (Ok(Ok(0)), Body::UntilClose) => return Ok((seen, false)),
            (Ok(Ok(0) | Err(_)), _) => return Err(faulty("it ends in the middle of the body")),
            (Err(_), _) => return Err(late("it falls silent in the middle of the body")),
        }
    }
}

/// Reads heads until one is final. The number is where it ends.
async fn final_head(
    from: &mut ReadHalf<'_>,
    buffer: &mut Vec<u8>,
    shared: &Shared,
) -> Result<(ResponseHead, usize), Failed> {
    let settings = &shared.settings;
    let until = Instant::now() + settings.timeouts.response;
    let mut interim = 0;
    while interim <= settings.interim {
        let Some(end) = syntax::end_of_head(buffer).filter(|&end| end <= settings.limits.head) else {
            if buffer.len() > settings.limits.head {
                return Err(faulty("its head is too long"));
            }
            make_room(buffer, READ);
            match timeout_at(until, from.read_buf(buffer)).await {
                Ok(Ok(1..)) => continue,
                Ok(Ok(0) | Err(_)) if buffer.is_empty() => return Err(Failed::Silent("it closed".to_owned())),
                Ok(Ok(0) | Err(_)) => return Err(faulty("it ends in the middle of the head")),
                Err(_) => return Err(late("it did not answer in time")),
            }
        };
        mend_colons(buffer, end);
        let end = syntax::end_of_head(buffer).expect("the blank line is still there");
        let head = ResponseHead::parse(std::mem::take(buffer), settings.limits.fields).map_err(faulty)?;
        match head.status() {
            101 => return Err(faulty("it switches protocols without being asked")),
            100..=199 => {
                *buffer = head.into_bytes();
                buffer.drain(..end);
                interim += 1;
            }
            _ => return Ok((head, end)),
        }
    }
    Err(faulty("it sends too many interim responses"))
}

fn faulty(what: impl std::fmt::Display) -> Failed {
    Refusal::upstream(what).into()
}

fn late(what: &str) -> Failed {
    Failed::Unreachable(Refusal::new(504, what), Event::TimedOut(Side::Upstream))
}
