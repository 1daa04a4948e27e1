//! What the cache has to do with one request: an answer at once, a wait for somebody else's fetch, or a fetch of
//! our own whose answer is kept.
//!
//! Owns the copy that grows while a response passes through. Part `cache` decides what may be kept, and for how
//! long. Leaves out the sockets (see `forward`).

use crate::parts::{Panicked, cache};
use crate::plan::Plan;
use crate::shared::Shared;
use std::sync::Arc;
use tokio::time::timeout;
use wire::cache::{Answer, Asked, Stored, Times, Uri, Waited};
use wire::{FieldLines, ResponseHead};

/// What a request is to the cache.
pub(crate) fn asked<'a>(plan: &Plan<'a>) -> Asked<'a> {
    let (host, target) = (plan.target.host.unwrap_or_default(), plan.target.path);
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
pub(crate) async fn way<'a>(kept: &'a cache::Cache, asked: Asked<'a>, shared: &Shared) -> Result<Way<'a>, Panicked> {
    let patience = shared.settings.timeouts.response;
    loop {
        return Ok(match cache::lookup(kept, asked, shared.now_ms())? {
            cache::Lookup::Hit { stored, .. } => Way::Serve(stored),
            cache::Lookup::Miss(flight) => Way::Fetch(Fetch::new(flight, None)),
            cache::Lookup::Revalidate { stored, flight } => Way::Fetch(Fetch::new(flight, Some(stored))),
            cache::Lookup::Pass => Way::Plain,
            cache::Lookup::NotCached => Way::NotCached,
            cache::Lookup::Wait(waiting) => match timeout(patience, cache::wait(waiting)).await {
                Ok(Ok(Waited::Hit(stored))) => Way::Serve(stored),
                Ok(Ok(Waited::Again)) => continue,
                Ok(Ok(Waited::Alone)) | Err(_) => Way::Plain,
                Ok(Err(panic)) => return Err(panic),
            },
        });
    }
}

/// A fetch of our own. Dropped, it lets go of those who wait for it.
pub(crate) struct Fetch<'a> {
    flight: cache::Flight<'a>,
    /// What the upstream is asked about.
    pub(crate) stale: Option<Arc<Stored>>,
    asked_ms: u64,
    copy: Option<Box<Copy>>,
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
    fn new(flight: cache::Flight<'a>, stale: Option<Arc<Stored>>) -> Self {
        Self { flight, stale, asked_ms: 0, copy: None }
    }

    /// The request is about to be sent.
    pub(crate) fn sending(&mut self, shared: &Shared) {
        self.asked_ms = shared.now_ms();
    }
}

/// The upstream has answered with this head. Afterwards, `fetch` is there only if the body is worth collecting.
pub(crate) fn heard(fetch: &mut Option<Fetch<'_>>, head: &ResponseHead, shared: &Shared) -> Result<Heard, Panicked> {
    let Some(Fetch { flight, stale, asked_ms, .. }) = fetch.take() else { return Ok(Heard::GoOn) };
    let times = Times { asked_ms, answered_ms: shared.now_ms(), answered_unix_s: shared.log.unix_s() };
    if head.status() == 304 && stale.is_some() {
        let fresh = cache::freshen(flight, head.as_fields(), &times)?;
        return Ok(fresh.map_or(Heard::AskAgain, Heard::Fresh));
    }
    let answer = Answer { status: head.status(), reason: head.reason(), fields: head.as_fields() };
    if cache::storable(&flight, &answer, &times)? {
        let mut fields = FieldLines::new();
        for line in head.as_fields().iter() {
            fields.push(line.name, line.value).expect("the line comes from a head that was parsed");
        }
        let (reason, room) = (head.reason().to_vec(), flight.room());
        let copy = Copy { status: head.status(), reason, fields, body: Vec::new(), room, times };
        *fetch = Some(Fetch { flight, stale, asked_ms, copy: Some(Box::new(copy)) });
    } else {
        cache::pass(flight)?;
    }
    Ok(Heard::GoOn)
}

/// A piece of the body has passed. One that is too long is not collected any further.
pub(crate) fn passed(fetch: &mut Option<Fetch<'_>>, data: &[u8]) {
    let Some(Fetch { copy: Some(copy), .. }) = fetch else { return };
    if copy.body.len() + data.len() <= copy.room {
        copy.body.extend_from_slice(data);
    } else if let Some(Fetch { flight, .. }) = fetch.take() {
        // A part that panics here has let its waiters go: the flight is gone with it.
        cache::pass(flight).ok();
    }
}

/// The response has come to its end, whole. (Of one that has not, the fetch is dropped.)
pub(crate) fn ended(fetch: &mut Option<Fetch<'_>>) {
    let Some(Fetch { flight, copy: Some(copy), .. }) = fetch.take() else { return };
    let answer = Answer { status: copy.status, reason: &copy.reason, fields: copy.fields.as_fields() };
    // The client has its answer, kept or not.
    cache::store(flight, &answer, copy.body, &copy.times).ok();
}
