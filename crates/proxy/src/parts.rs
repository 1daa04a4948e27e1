//! The parts, and the wall around them. This is the only file that names a part crate.
//!
//! Every call goes through `guard`: a part that panics (your `todo!()`, say) costs one request and harms no other. To
//! plug in a part: a line in Cargo.toml, a module like `request` here, and its name in `wall`.

mod wall;

pub use wall::watch_parts;
pub(crate) use wall::{Panicked, panics};
use wall::{Part, guard, guard_async};

/// Part 01: who owns the bytes of a request.
pub(crate) mod request {
    use super::{Panicked, Part, guard};
    use wire::{Cut, Handed, Limits, ParseError, RequestHead};

    const PART: Part = Part::Request;

    /// The head at the front of `buffer`, or the buffer again.
    pub(crate) fn cut(buffer: Vec<u8>, limits: &Limits) -> Result<Result<Cut, ParseError>, Panicked> {
        guard(PART, || part_request::cut(buffer, limits))
    }

    /// The head that `bytes` spell.
    pub(crate) fn parse(bytes: Vec<u8>, limits: &Limits) -> Result<Result<RequestHead, ParseError>, Panicked> {
        guard(PART, || part_request::parse(bytes, limits).inspect(touch))
    }

    /// The head for the stage that forwards it, and the note for the log.
    pub(crate) fn hand_on(head: RequestHead) -> Result<Handed, Panicked> {
        guard(PART, || part_request::hand_on(head))
    }

    /// The buffer for the next request.
    pub(crate) fn recycle(head: RequestHead, rest: Vec<u8>) -> Result<Vec<u8>, Panicked> {
        guard(PART, || part_request::recycle(head, rest))
    }

    /// Looks once at everything in `head`, while the wall is around us: spans that point past their bytes
    /// panic here and name the part, and not later in code that has done nothing wrong.
    fn touch(head: &RequestHead) {
        let looked = head
            .fields()
            .fold(head.method().len() ^ head.target().len(), |sum, (name, value)| sum ^ name.len() ^ value.len());
        // Without this, the compiler may find that nobody needs the answer.
        std::hint::black_box(looked);
    }
}

/// Part 02: what the fields of a head say.
pub(crate) mod headers {
    use super::{Panicked, Part, guard};
    use wire::{ConnectionOptions, Field, Fields, Framing, FramingFault, Known, ResponseFraming, Version};

    const PART: Part = Part::Headers;

    /// What the Connection fields say about the connection itself.
    pub(crate) fn connection(fields: Fields<'_>) -> Result<ConnectionOptions, Panicked> {
        guard(PART, || part_headers::connection(fields))
    }

    /// Whether an element of the list field `name` is one that `wanted` accepts.
    pub(crate) fn has_element(
        fields: Fields<'_>,
        name: Known,
        wanted: impl FnMut(&[u8]) -> bool,
    ) -> Result<bool, Panicked> {
        guard(PART, || part_headers::elements(fields, name).any(wanted))
    }

    /// Gives each element of the list field `name` to `each`.
    pub(crate) fn each_element<'a>(
        fields: Fields<'a>,
        name: Known,
        each: impl FnMut(&'a [u8]),
    ) -> Result<(), Panicked> {
        guard(PART, || part_headers::elements(fields, name).for_each(each))
    }

    /// Gives each field that travels on to `each`. The part works while we ask it for the next field, so the
    /// wall is around the whole loop.
    pub(crate) fn end_to_end<'a>(fields: Fields<'a>, each: impl FnMut(Field<'a>)) -> Result<(), Panicked> {
        guard(PART, || part_headers::end_to_end(fields).for_each(each))
    }

    /// Where the body of a request ends.
    pub(crate) fn request_framing(
        fields: Fields<'_>,
        version: Version,
    ) -> Result<Result<Framing, FramingFault>, Panicked> {
        guard(PART, || part_headers::request_framing(fields, version))
    }

    /// Where the body of a response ends.
    pub(crate) fn response_framing(
        fields: Fields<'_>,
        version: Version,
        status: u16,
        answers_head: bool,
    ) -> Result<Result<ResponseFraming, FramingFault>, Panicked> {
        guard(PART, || part_headers::response_framing(fields, version, status, answers_head))
    }
}

/// Part 03: the lines of the access log.
pub(crate) mod logline {
    use super::{Panicked, Part, guard};
    use wire::logline::Entry;

    /// `entry` as a line, its end included.
    pub(crate) fn line(entry: &Entry<'_>) -> Result<Vec<u8>, Panicked> {
        guard(Part::Logline, || {
            let mut line = Vec::with_capacity(256);
            part_logline::write(entry, &mut line);
            line
        })
    }
}

/// Part 04: what happens next on a client's connection.
pub(crate) mod connection {
    use super::{Panicked, Part, guard};
    use crate::events::{Event as Told, Events};
    use part_connection::State;
    use std::sync::Arc;
    use wire::RequestHead;
    use wire::connection::{Action, Bounds, Event, Reason};

    pub(crate) const PART: Part = Part::Connection;

    /// One connection's state, the bounds that it is judged by, and whom it tells of a new state.
    #[derive(Debug)]
    pub(crate) struct Machine {
        state: State,
        bounds: Bounds,
        events: Arc<Events>,
        connection: u64,
    }

    impl Machine {
        /// The machine of the connection with this number.
        pub(crate) fn new(bounds: Bounds, events: Arc<Events>, connection: u64) -> Result<Self, Panicked> {
            Ok(Self { state: guard(PART, || State::new(&bounds))?, bounds, events, connection })
        }

        /// Takes the connection one step further.
        pub(crate) fn step(&mut self, event: Event) -> Result<Action, Panicked> {
            // A step consumes the state. Should it panic, this is what is left: a connection that ends, on which
            // an answer of ours can still be read.
            let ending = State::Draining { left: self.bounds.discard, why: Reason::Lost };
            let state = std::mem::replace(&mut self.state, ending);
            let before = name(&state);
            let (state, action) = guard(PART, || state.step(event, &self.bounds))?;
            let now = name(&state);
            self.state = state;
            if now != before {
                self.events.tell(|| Told::Connection { connection: self.connection, state: now });
            }
            Ok(action)
        }

        /// The number of the connection, for events.
        pub(crate) fn connection(&self) -> u64 {
            self.connection
        }

        /// Tells that a request has a whole head.
        pub(crate) fn tell_began(&self, head: &RequestHead) {
            let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
            self.events.tell(|| Told::Began {
                connection: self.connection,
                method: text(head.method()),
                target: text(head.target()),
            });
        }

        /// Tells that an answer begins to go to the client.
        pub(crate) fn tell_responding(&self, status: u16) {
            self.events.tell(|| Told::Responding { connection: self.connection, status });
        }

        /// Why the connection ended, once it has.
        pub(crate) fn reason(&self) -> Option<Reason> {
            match self.state {
                State::Closed(reason) => Some(reason),
                State::Idle { .. } | State::ReadingHead { .. } | State::ReadingBody { .. } => None,
                State::Forwarding { .. } | State::Draining { .. } | State::Tunnel { .. } => None,
            }
        }
    }

    fn name(state: &State) -> &'static str {
        match state {
            State::Idle { .. } => "Idle",
            State::ReadingHead { .. } => "ReadingHead",
            State::ReadingBody { .. } => "ReadingBody",
            State::Forwarding { .. } => "Forwarding",
            State::Draining { .. } => "Draining",
            State::Tunnel { .. } => "Tunnel",
            State::Closed(_) => "Closed",
        }
    }
}

/// Part 05: the rule file.
pub(crate) mod rules {
    use super::{Panicked, Part, guard};
    use std::sync::Arc;
    use wire::rules::{Reloads, Route, RuleError, RuleLimits, Rules};

    pub(crate) use part_rules::Keeper;

    const PART: Part = Part::Rules;

    /// What keeps the rules of `file`. The error says what is wrong with the file, or with the part.
    pub(crate) fn keeper(file: &[u8], limits: RuleLimits) -> Result<Keeper, Result<RuleError, Panicked>> {
        guard(PART, || Keeper::new(file, limits)).map_err(Err)?.map_err(Ok)
    }

    /// Puts the rules of `file` in force, if they are good.
    pub(crate) fn reload(keeper: &Keeper, file: &[u8]) -> Result<Arc<Rules>, Result<RuleError, Panicked>> {
        guard(PART, || keeper.reload(file)).map_err(Err)?.map_err(Ok)
    }

    /// The route of a request, if there is one.
    pub(crate) fn route<'r>(rules: &'r Rules, host: &[u8], path: &[u8]) -> Result<Option<&'r Route>, Panicked> {
        guard(PART, || part_rules::route(rules, host, path))
    }

    /// How reloading has gone, if the part can say.
    pub(crate) fn reloads(keeper: &Keeper) -> Option<Reloads> {
        guard(PART, || keeper.reloads()).ok()
    }
}

/// Part 06: what the rules do to a request.
pub(crate) mod pipeline {
    use super::{Panicked, Part, guard};
    use wire::pipeline::{Answer, Edits, FilterCount, Incoming};
    use wire::rules::Rules;

    pub(crate) use part_pipeline::Pipeline;

    const PART: Part = Part::Pipeline;

    /// The pipeline for `rules`.
    pub(crate) fn new(rules: &Rules) -> Result<Pipeline, Panicked> {
        guard(PART, || Pipeline::new(rules))
    }

    /// The pipeline that takes the place of `old`.
    pub(crate) fn renewed(old: &Pipeline, rules: &Rules) -> Result<Pipeline, Panicked> {
        guard(PART, || old.renewed(rules))
    }

    /// Changes to make to `request`, or an answer in its place.
    pub(crate) fn run(
        pipeline: &Pipeline,
        request: &Incoming<'_>,
        now_ms: u64,
    ) -> Result<Result<Edits, Answer>, Panicked> {
        guard(PART, || pipeline.run(request, now_ms))
    }

    /// How often each filter ran, if the part can say.
    pub(crate) fn counts(pipeline: &Pipeline) -> Option<Vec<FilterCount>> {
        guard(PART, || pipeline.counts()).ok()
    }
}

/// Part 07: which server of an upstream gets a request.
pub(crate) mod balancer {
    use super::{Panicked, Part, guard};
    use wire::balancer::ServerView;

    pub(crate) use part_balancer::{Balancer, Pick};

    const PART: Part = Part::Balancer;

    /// A server for a request. `None` when no other than `avoid` is in service.
    pub(crate) fn pick(
        balancer: &Balancer,
        key: u64,
        now_ms: u64,
        avoid: Option<usize>,
    ) -> Result<Option<Pick<'_>>, Panicked> {
        guard(PART, || balancer.pick(key, now_ms, avoid))
    }

    /// It has answered. A part that panics here has lost count, and the answer is out already.
    pub(crate) fn succeeded(pick: Pick<'_>) {
        guard(PART, || pick.succeeded()).ok();
    }

    /// It has not.
    pub(crate) fn failed(pick: Pick<'_>, now_ms: u64) {
        guard(PART, || pick.failed(now_ms)).ok();
    }

    /// How its servers are, if the part can say.
    pub(crate) fn view(balancer: &Balancer) -> Option<Vec<ServerView>> {
        guard(PART, || balancer.view()).ok()
    }
}

/// Part 08: the answers that are kept.
pub(crate) mod cache {
    use super::{Panicked, Part, guard, guard_async};
    use std::sync::Arc;
    use wire::Fields;
    use wire::cache::{Answer, Asked, CacheCounts, Stored, Times, Waited};

    pub(crate) use part_cache::{Cache, Flight, Lookup, Waiting};

    const PART: Part = Part::Cache;

    /// What there is for a request.
    pub(crate) fn lookup<'a>(cache: &'a Cache, asked: Asked<'a>, now_ms: u64) -> Result<Lookup<'a>, Panicked> {
        guard(PART, || cache.lookup(asked, now_ms))
    }

    /// What became of somebody else's fetch.
    pub(crate) async fn wait(waiting: Waiting<'_>) -> Result<Waited, Panicked> {
        guard_async(PART, waiting.wait()).await
    }

    /// Whether an answer with this head may be kept.
    pub(crate) fn storable(flight: &Flight<'_>, answer: &Answer<'_>, times: &Times) -> Result<bool, Panicked> {
        guard(PART, || flight.storable(answer, times).is_ok())
    }

    /// Keeps an answer, if it may be kept.
    pub(crate) fn store(
        flight: Flight<'_>,
        answer: &Answer<'_>,
        body: Vec<u8>,
        times: &Times,
    ) -> Result<bool, Panicked> {
        guard(PART, || flight.store(answer, body, times).is_ok())
    }

    /// The stale answer with the news of a 304.
    pub(crate) fn freshen(
        flight: Flight<'_>,
        not_modified: Fields<'_>,
        times: &Times,
    ) -> Result<Option<Arc<Stored>>, Panicked> {
        guard(PART, || flight.freshen(not_modified, times))
    }

    /// Lets those who wait go on their own.
    pub(crate) fn pass(flight: Flight<'_>) -> Result<(), Panicked> {
        guard(PART, || flight.pass())
    }

    /// Forgets what a successful unsafe request has made untrue.
    pub(crate) fn forget(cache: &Cache, asked: &Asked<'_>, status: u16) -> Result<(), Panicked> {
        guard(PART, || cache.forget(asked, status))
    }

    /// What it has done so far, if the part can say.
    pub(crate) fn counts(cache: &Cache) -> Option<CacheCounts> {
        guard(PART, || cache.counts()).ok()
    }
}

/// Part 09: what many lines of the log say together.
pub(crate) mod analytics {
    use super::{Panicked, Part, guard};
    use wire::analytics::{Report, Row};

    /// What `log` says. Part 03 reads the lines.
    pub(crate) fn report(log: &[u8], top: usize) -> Result<Report, Panicked> {
        let row = |line: &[u8]| {
            let entry = part_logline::parse(line).ok()?;
            let (client, status, body_bytes, took_us) = (entry.client, entry.status, entry.body_bytes, entry.took_us);
            Some(Row { client, status, body_bytes, took_us })
        };
        guard(Part::Analytics, || part_analytics::analyse(log, row, top))
    }
}

/// Part 10: the connections to a server.
pub(crate) mod pool {
    use super::{Panicked, Part, guard, guard_async};
    use wire::pool::{Look, PoolCounts, Pooled};

    pub(crate) use part_pool::{Lent, Pool};

    const PART: Part = Part::Pool;

    /// An idle connection, or a new one from `dial`.
    pub(crate) async fn lend<C: Pooled, E>(
        pool: &Pool<C>,
        now_ms: u64,
        look: Look,
        dial: impl AsyncFnOnce() -> Result<C, E>,
    ) -> Result<Result<Lent<'_, C>, E>, Panicked> {
        guard_async(PART, pool.lend(now_ms, look, dial)).await
    }

    /// A new connection in the place of one that was dead.
    pub(crate) async fn redial<C: Pooled, E>(
        lent: Lent<'_, C>,
        dial: impl AsyncFnOnce() -> Result<C, E>,
    ) -> Result<Result<Lent<'_, C>, E>, Panicked> {
        guard_async(PART, lent.redial(dial)).await
    }

    /// Closes what has been idle for too long. A part that panics here does so again at the next tick.
    pub(crate) fn expire<C: Pooled>(pool: &Pool<C>, now_ms: u64) {
        guard(PART, || pool.expire(now_ms)).ok();
    }

    /// Keeps a connection for the next request. A part that panics here closes it, and the answer is out already.
    pub(crate) fn give_back<C: Pooled>(lent: Lent<'_, C>, now_ms: u64) {
        guard(PART, || lent.give_back(now_ms)).ok();
    }

    /// What became of its connections, if the part can say.
    pub(crate) fn counts<C: Pooled>(pool: &Pool<C>) -> Option<PoolCounts> {
        guard(PART, || pool.counts()).ok()
    }
}

/// Part 11: who is inside, when to leave, and whether somebody takes over.
pub(crate) mod drain {
    use super::{Panicked, Part, guard, guard_async};
    use std::future::{Future, pending};
    use wire::drain::{Drained, Succession};

    pub(crate) use part_drain::{Controller, Gate, Handover, News, Running, Successor, gate, handover};

    const PART: Part = Part::Drain;

    /// Lets a connection in, and has the stop wait for it.
    pub(crate) fn enter(gate: &Gate) -> Result<Option<Running>, Panicked> {
        guard(PART, || gate.enter())
    }

    /// Ends when the stop begins. A part that panics here has told nobody anything, so the wait goes on.
    pub(crate) async fn draining(news: &News) {
        if guard_async(PART, news.draining()).await.is_err() {
            pending::<()>().await;
        }
    }

    /// Waits until the last connection has left, or until `deadline` ends.
    pub(crate) async fn drain(controller: Controller, deadline: impl Future<Output = ()>) -> Result<Drained, Panicked> {
        guard_async(PART, controller.drain(deadline)).await
    }

    /// Says that the next process is ready. `false` when nobody waits for it any more.
    pub(crate) fn ready(successor: Successor) -> Result<bool, Panicked> {
        guard(PART, || successor.ready())
    }

    /// Waits until the next process is ready or has failed, or until `deadline` ends.
    pub(crate) async fn outcome(
        handover: Handover,
        deadline: impl Future<Output = ()>,
    ) -> Result<Succession, Panicked> {
        guard_async(PART, handover.outcome(deadline)).await
    }
}

/// Part 13: from an old upstream to a new one.
pub(crate) mod migration {
    use super::{Panicked, Part, guard, guard_async};
    use wire::migration::{Answered, Difference, Share, Side, Snapshot, Stage, Unsupported};

    pub(crate) use part_migration::Ramp;

    const PART: Part = Part::Migration;

    /// Who answers this client, and whether a copy goes to the new side.
    pub(crate) fn side(ramp: &Ramp, key: &[u8], method: &[u8]) -> Result<(Side, bool), Panicked> {
        guard(PART, || (ramp.side(key), ramp.shadows(method)))
    }

    /// How far it is, and the new side's share, if the part can say.
    pub(crate) fn view(ramp: &Ramp) -> Option<(Stage, Share)> {
        guard(PART, || (ramp.stage(), ramp.share())).ok()
    }

    /// Asks the side, or the other one.
    pub(crate) async fn answer<T>(
        side: Side,
        new: impl AsyncFnOnce() -> Result<T, Unsupported>,
        old: impl AsyncFnOnce() -> T,
    ) -> Result<Answered<T>, Panicked> {
        guard_async(PART, part_migration::answer(side, new, old)).await
    }

    /// In what two answers differ.
    pub(crate) fn compare<'a>(
        old: &Snapshot<'a>,
        new: &Snapshot<'a>,
        ignored: &[&str],
    ) -> Result<Vec<Difference<'a>>, Panicked> {
        guard(PART, || part_migration::compare(old, new, ignored))
    }

    /// Counts two answers that were compared. Gives the new stage, if this changes it.
    pub(crate) fn compared(ramp: &mut Ramp, differs: bool, now_ms: u64) -> Result<Option<Stage>, Panicked> {
        guard(PART, || ramp.compared(differs, now_ms))
    }

    /// Counts an answer, in the same way. A part that panics here has lost count, and the answer is out already.
    pub(crate) fn record(ramp: &mut Ramp, by: Side, ok: bool, took_us: u64, now_ms: u64) -> Option<Stage> {
        guard(PART, || ramp.record(by, ok, took_us, now_ms)).ok().flatten()
    }

    /// Gives everything back to the old side.
    pub(crate) fn roll_back(ramp: &mut Ramp, now_ms: u64) -> Result<Option<Stage>, Panicked> {
        guard(PART, || ramp.roll_back(now_ms))
    }
}
