//! What the cache has to do with one request: an answer at once, a wait for somebody else's fetch, or a fetch of
//! our own whose answer is kept.
//!
//! Owns the copy that grows while a response passes through. Part `cache` decides what may be kept, and for how
//! long. Leaves out the sockets (see `forward`).

use crate::date;
use crate::events::{CacheOutcome, Event};
use crate::parts::{Panicked, cache};
use crate::plan::Plan;
use crate::shared::Shared;
use std::net::IpAddr;
use std::sync::Arc;
use tokio::time::timeout;
use wire::cache::{Answer, Asked, Stored, Times, Uri, Waited};
use wire::{FieldLines, Known, ResponseHead};

/// What a request is to the cache.
fn asked<'a>(plan: &Plan<'a>) -> Asked<'a> {
    let host = plan.target.host.unwrap_or_default();
    let target = if plan.target.path.is_empty() { b"/" } else { plan.target.path };
    Asked { method: plan.head.method(), uri: Uri { scheme: b"http", host, target }, fields: plan.head.as_fields() }
}

/// What to do about a request.
pub(crate) enum Way<'a> {
    /// Send this answer.
    Serve(Arc<Stored>),
    /// Ask the upstream, and tell the fetch what it says.
    Fetch(Fetch<'a>),
    /// Ask the upstream.
    Plain,
    /// There is no answer, and the client wants none from the upstream.
    NotCached,
}

/// Looks into the cache, and waits for a fetch that is under way, but no longer than a response may take.
pub(crate) async fn way<'a>(
    kept: &'a cache::Cache,
    plan: &Plan<'a>,
    connection: u64,
    shared: &Shared,
) -> Result<Way<'a>, Panicked> {
    let patience = shared.settings.timeouts.response;
    let whose = Whose { connection, target: plan.head.target() };
    loop {
        let (way, outcome) = match cache::lookup(kept, asked(plan), shared.now_ms())? {
            cache::Lookup::Hit { stored, .. } => (Way::Serve(stored), CacheOutcome::Hit),
            cache::Lookup::Miss(flight) => (Way::Fetch(Fetch::new(flight, None, whose)), CacheOutcome::Miss),
            // What it is will be known when the upstream has spoken.
            cache::Lookup::Revalidate { stored, flight } => {
                return Ok(Way::Fetch(Fetch::new(flight, Some(stored), whose)));
            }
            cache::Lookup::Pass => (Way::Plain, CacheOutcome::Pass),
            cache::Lookup::NotCached => return Ok(Way::NotCached),
            cache::Lookup::Wait(waiting) => {
                tell(shared, CacheOutcome::Wait, whose);
                match timeout(patience, cache::wait(waiting)).await {
                    Ok(Ok(Waited::Hit(stored))) => (Way::Serve(stored), CacheOutcome::Hit),
                    Ok(Ok(Waited::Again)) => continue,
                    Ok(Ok(Waited::Alone)) | Err(_) => (Way::Plain, CacheOutcome::Pass),
                    Ok(Err(panic)) => return Err(panic),
                }
            }
        };
        tell(shared, outcome, whose);
        return Ok(way);
    }
}

/// Whose request it is, for events.
#[derive(Clone, Copy)]
struct Whose<'a> {
    connection: u64,
    /// The request-target, as the client spelled it.
    target: &'a [u8],
}

fn tell(shared: &Shared, outcome: CacheOutcome, Whose { connection, target }: Whose<'_>) {
    let target = || String::from_utf8_lossy(target).into_owned();
    shared.log.events.tell(|| Event::Cache { connection, outcome, target: target() });
}

/// A fetch of our own. Dropped, it lets go of those who wait for it.
pub(crate) struct Fetch<'a> {
    flight: cache::Flight<'a>,
    /// What the upstream is asked about.
    pub(crate) stale: Option<Arc<Stored>>,
    asked_ms: u64,
    copy: Option<Box<Copy>>,
    whose: Whose<'a>,
}

/// The answer, as far as it has come.
struct Copy {
    status: u16,
    reason: Vec<u8>,
    fields: FieldLines,
    body: Vec<u8>,
    room: usize,
    times: Times,
}

/// What a response head means for a fetch.
pub(crate) enum Heard {
    /// The response goes on to the client.
    GoOn,
    /// The stale answer is fresh again: it goes to the client in place of the 304.
    Fresh(Arc<Stored>),
    /// The 304 speaks of another version than ours: ask again, without validators.
    AskAgain,
}

impl<'a> Fetch<'a> {
    fn new(flight: cache::Flight<'a>, stale: Option<Arc<Stored>>, whose: Whose<'a>) -> Self {
        Self { flight, stale, asked_ms: 0, copy: None, whose }
    }

    /// The request is about to be sent.
    pub(crate) fn sending(&mut self, shared: &Shared) {
        self.asked_ms = shared.now_ms();
    }

    /// There is nothing to share: those who wait go on their own.
    fn pass(self, shared: &Shared) -> Result<(), Panicked> {
        tell(shared, CacheOutcome::Pass, self.whose);
        cache::pass(self.flight)
    }
}

/// The upstream has answered with `status`. If that makes what is kept untrue, it is forgotten before the client hears of
/// its success: afterwards, nobody may get what was there before (RFC 9111 4.4).
pub(crate) fn forget(plan: &Plan<'_>, status: u16, (client, connection): (IpAddr, u64), shared: &Shared) {
    let Some(kept) = &shared.cache else { return };
    // What the upstream has done is done: a part that panics now must not have the client told otherwise.
    if let Err(panic) = cache::forget(kept, &asked(plan), status) {
        shared.log.refused(500, &panic.to_string(), client, Some(connection));
    }
}

/// The upstream has answered with this head. Afterwards, `fetch` is there only if the body is worth collecting.
pub(crate) fn heard(fetch: &mut Option<Fetch<'_>>, head: &ResponseHead, shared: &Shared) -> Result<Heard, Panicked> {
    let Some(own) = fetch.take() else { return Ok(Heard::GoOn) };
    let times = Times { asked_ms: own.asked_ms, answered_ms: shared.now_ms(), answered_unix_s: date::unix_s() };
    if head.status() == 304 && own.stale.is_some() {
        return Ok(match cache::freshen(own.flight, head.as_fields(), &times)? {
            Some(fresh) => {
                tell(shared, CacheOutcome::Revalidated, own.whose);
                Heard::Fresh(fresh)
            }
            None => {
                tell(shared, CacheOutcome::Pass, own.whose);
                Heard::AskAgain
            }
        });
    }
    let answer = Answer { status: head.status(), reason: head.reason(), fields: head.as_fields() };
    let room = own.flight.room();
    if announced(head) <= room && cache::storable(&own.flight, &answer, &times)? {
        let mut fields = FieldLines::new();
        for line in head.as_fields().iter() {
            fields.push(line.name, line.value).expect("the line comes from a head that was parsed");
        }
        let reason = head.reason().to_vec();
        let copy = Copy { status: head.status(), reason, fields, body: Vec::new(), room, times };
        *fetch = Some(Fetch { copy: Some(Box::new(copy)), ..own });
    } else {
        own.pass(shared)?;
    }
    Ok(Heard::GoOn)
}

/// How long the body says that it is; 0 when it does not say. What it is will be counted.
fn announced(head: &ResponseHead) -> usize {
    let length = head.as_fields().of(Known::ContentLength).next();
    length.and_then(|line| std::str::from_utf8(line.value).ok()?.parse().ok()).unwrap_or(0)
}

/// A piece of the body has passed. One that is too long is not collected any further.
pub(crate) fn passed(fetch: &mut Option<Fetch<'_>>, data: &[u8], shared: &Shared) {
    let Some(Fetch { copy: Some(copy), .. }) = fetch else { return };
    if copy.body.len() + data.len() <= copy.room {
        copy.body.extend_from_slice(data);
    } else {
        failed(fetch, shared);
    }
}

/// The response has come to its end, whole. (If the client has gone before that, the fetch is dropped, and one of
/// those who wait fetches in its place.)
pub(crate) fn ended(fetch: &mut Option<Fetch<'_>>, shared: &Shared) {
    let Some(Fetch { flight, copy: Some(copy), whose, .. }) = fetch.take() else { return };
    let answer = Answer { status: copy.status, reason: &copy.reason, fields: copy.fields.as_fields() };
    // The client has its answer, kept or not.
    let is_stored = cache::store(flight, &answer, copy.body, &copy.times).unwrap_or(false);
    tell(shared, if is_stored { CacheOutcome::Stored } else { CacheOutcome::Pass }, whose);
}

/// The fetch comes to nothing, and would for the next one, too: those who wait are not to fail one after the other.
pub(crate) fn failed(fetch: &mut Option<Fetch<'_>>, shared: &Shared) {
    if let Some(own) = fetch.take() {
        // A part that panics here has let its waiters go: the flight is gone with it.
        own.pass(shared).ok();
    }
}
