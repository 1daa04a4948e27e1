//! A hundred clients ask for the same page in the same moment. The cache has it, or one of them fetches it and
//! the others wait: never two fetches, never a client that waits for nobody.
//!
//! The steps: a lock for each shard, one fetch for all who come, waiting for it, and landing it. A lock that
//! waits for itself is told after two seconds, and names the test.

use part_cache::{Cache, Flight, Lookup, Waiting};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::{Duration, Instant};
use wire::FieldLines;
use wire::cache::{Answer, Asked, CacheLimits, Stored, Times, Unstorable, Uri, Waited};

const MENU: Uri<'static> = Uri { scheme: b"http", host: b"cafe.example", target: b"/menu" };

fn fields(list: &[(&str, &str)]) -> FieldLines {
    let mut lines = FieldLines::new();
    for (name, value) in list {
        lines.push(name.as_bytes(), value.as_bytes()).expect("a good field");
    }
    lines
}

fn get<'a>(uri: Uri<'static>, request: &'a FieldLines) -> Asked<'a> {
    Asked { method: b"GET", uri, fields: request.as_fields() }
}

fn at(ms: u64) -> Times {
    Times { asked_ms: ms, answered_ms: ms, answered_unix_s: 1_000_000 + ms / 1_000 }
}

/// The target of page `number`.
fn numbered(number: usize) -> &'static [u8] {
    Box::leak(format!("/{number}").into_bytes().into_boxed_slice())
}

/// A cache, and a request without any field. Several scenes need no more.
struct Cafe {
    cache: Cache,
    plain: FieldLines,
}

impl Cafe {
    fn new(shards: usize) -> Self {
        let limits = CacheLimits { bytes: 64 * 1024, entry_bytes: 16 * 1024, shards };
        Self { cache: Cache::new(&limits), plain: fields(&[]) }
    }

    /// Stores `body` under `uri` at time 0, fresh for a minute.
    fn insert(&self, uri: Uri<'static>, body: &str) {
        let response = fields(&[("Cache-Control", "max-age=60")]);
        let answer = Answer { status: 200, reason: b"OK", fields: response.as_fields() };
        self.cache.insert(&get(uri, &self.plain), &answer, body.into(), &at(0)).expect("this answer may be kept");
    }

    fn ask_for(&self, uri: Uri<'static>, now_ms: u64) -> Lookup<'_> {
        self.cache.lookup(get(uri, &self.plain), now_ms)
    }

    fn ask(&self, now_ms: u64) -> Lookup<'_> {
        self.ask_for(MENU, now_ms)
    }

    /// A request that has to fetch, or panics.
    fn flight(&self, now_ms: u64) -> Flight<'_> {
        flight(self.ask(now_ms))
    }

    /// A request that has to wait, or panics.
    fn waiting(&self, now_ms: u64) -> Waiting<'_> {
        waiting(self.ask(now_ms))
    }

    /// Somebody changes the menu.
    fn post(&self) {
        self.cache.forget(&Asked { method: b"POST", ..get(MENU, &self.plain) }, 204);
    }
}

fn flight(lookup: Lookup<'_>) -> Flight<'_> {
    match lookup {
        Lookup::Miss(flight) | Lookup::Revalidate { flight, .. } => flight,
        other => panic!("expected: Miss or Revalidate\ngot: {}", told(&other)),
    }
}

fn waiting(lookup: Lookup<'_>) -> Waiting<'_> {
    match lookup {
        Lookup::Wait(waiting) => waiting,
        other => panic!("expected: Wait\ngot: {}", told(&other)),
    }
}

/// What the cache said, in a word.
fn told(lookup: &Lookup<'_>) -> String {
    match lookup {
        Lookup::Hit { stored, age_s } => format!("Hit, {} s old: {}", age_s, stored.body().escape_ascii()),
        Lookup::Revalidate { .. } => "Revalidate".into(),
        Lookup::Miss(_) => "Miss".into(),
        Lookup::Wait(_) => "Wait".into(),
        Lookup::Pass => "Pass".into(),
        Lookup::NotCached => "NotCached".into(),
    }
}

/// Runs `work` on a thread of its own; two seconds later it has ended, or it never will.
fn within<T: Send + 'static>(what: &str, work: impl FnOnce() -> T + Send + 'static) -> T {
    // After two that never ended, the others need not be waited for as long.
    static NEVER_ENDED: AtomicUsize = AtomicUsize::new(0);
    let limit = Duration::from_millis(if NEVER_ENDED.load(Ordering::SeqCst) < 2 { 2_000 } else { 600 });
    println!("{what}"); // should the part panic, this is still shown
    let (done, wait) = channel();
    let worker = thread::spawn(move || {
        let result = work();
        // The other side is gone only when the time is up.
        _ = done.send(());
        result
    });
    if let Err(RecvTimeoutError::Timeout) = wait.recv_timeout(limit) {
        NEVER_ENDED.fetch_add(1, Ordering::SeqCst);
        panic!(
            "{what}\nexpected: an end within {limit:?}\ngot: none: a lock waits for itself, or for a guard that stays"
        );
    }
    worker.join().unwrap_or_else(|panic| resume_unwind(panic))
}

fn poll_once(future: Pin<&mut impl Future<Output = Waited>>) -> String {
    match future.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Pending => "still waits".into(),
        Poll::Ready(waited) => became(waited),
    }
}

/// What became of a wait, in a word.
fn became(waited: Waited) -> String {
    match waited {
        Waited::Hit(stored) => format!("Hit: {}", stored.body().escape_ascii()),
        Waited::Again => "Again".into(),
        Waited::Alone => "Alone".into(),
    }
}

mod step_1_shard {
    use super::*;

    const WINE: Uri<'static> = Uri { target: b"/wine", ..MENU };

    /// A cache in which MENU and WINE belong to two shards. Which shard a URI belongs to is drawn anew for each.
    fn two_shards() -> Cafe {
        let apart = |cafe: &Cafe| cafe.cache.shard_of(MENU) != cafe.cache.shard_of(WINE);
        std::iter::repeat_with(|| Cafe::new(2)).find(apart).expect("every second cache will do")
    }

    #[test]
    fn keeps_what_is_inserted() {
        let counts = within("insert, then count", || {
            let cafe = Cafe::new(1);
            cafe.insert(MENU, "soup");
            cafe.cache.counts()
        });
        assert_eq!((counts.entries, counts.stored), (1, 1), "one answer was inserted, into the only shard");
    }

    #[test]
    fn spreads_the_uris_over_the_shards() {
        let lengths = within("insert /menu, then look at both shards", || {
            let cafe = two_shards();
            cafe.insert(MENU, "soup");
            [MENU, WINE].map(|uri| cafe.cache.peek(uri, |shelf| shelf.len()))
        });
        assert_eq!(lengths, [1, 0], "an entry lies in the shard of its own URI, and in no other");
    }

    #[test]
    fn finds_a_shard_for_every_uri() {
        for shards in [0, 1, 3, 16] {
            let counts = within("insert three URIs", move || {
                let cafe = Cafe::new(shards);
                for target in [b"/a", b"/b", b"/c"] {
                    cafe.insert(Uri { target, ..MENU }, "soup");
                }
                cafe.cache.counts()
            });
            assert_eq!(counts.entries, 3, "input: a cache of {shards} shards (0 counts as 1), and three URIs");
        }
    }

    #[test]
    fn says_which_shard_a_uri_belongs_to() {
        let misplaced = within("insert 30 pages into 3 shards, and look where they are", || {
            let cafe = Cafe::new(3);
            let pages: Vec<_> = (0..30).map(|number| Uri { target: numbered(number), ..MENU }).collect();
            pages.iter().for_each(|page| cafe.insert(*page, "soup"));
            let places: Vec<_> = pages.iter().map(|page| cafe.cache.shard_of(*page)).collect();
            let is_wrong = |(page, place): &(&Uri<'static>, &usize)| {
                let together = places.iter().filter(|other| other == place).count();
                **place > 2 || cafe.cache.peek(**page, |shelf| shelf.len()) != together
            };
            pages.iter().zip(&places).filter(is_wrong).count()
        });
        assert_eq!(misplaced, 0, "a shard is a number below 3, and pages with the same number lie in the same shard");
    }

    #[test]
    fn lets_two_workers_into_two_shards() {
        let inner = within("look at /wine while the shard of /menu is locked", || {
            let cafe = two_shards();
            cafe.cache.peek(MENU, |_| cafe.cache.peek(WINE, |shelf| shelf.len()))
        });
        assert_eq!(inner, 0, "each shard has a lock of its own");
    }

    #[test]
    fn goes_on_after_a_panic_under_the_lock() {
        let what = "one worker panics with the lock, the others go on: poison is a mark, and the data is there";
        let counts = within(what, || {
            let cafe = Cafe::new(1);
            cafe.insert(MENU, "soup");
            let looked = catch_unwind(AssertUnwindSafe(|| cafe.cache.peek(MENU, |_| panic!("this worker dies"))));
            assert!(looked.is_err(), "the panic of a worker is its own");
            cafe.cache.counts()
        });
        assert_eq!(counts.entries, 1, "a worker that dies with the lock has broken nothing: the entry is still there");
    }
}

mod step_2_one_fetch {
    use super::*;

    /// One case: what a cache that has "soup" under MENU, from time 0 and fresh for a minute, says to a request.
    fn check(method: &'static str, uri: Uri<'static>, list: &[(&str, &str)], now_ms: u64, expected: &str, why: &str) {
        let request = fields(list);
        let got = within(why, move || {
            let cafe = Cafe::new(4);
            cafe.insert(MENU, "soup");
            let asked = Asked { method: method.as_bytes(), uri, fields: request.as_fields() };
            told(&cafe.cache.lookup(asked, now_ms))
        });
        let host = uri.host.escape_ascii();
        assert!(
            got == expected,
            "{why}\ninput: {method} {host} {list:?} at {now_ms} ms\nexpected: {expected}\ngot: {got}"
        );
    }

    #[test]
    fn gives_what_is_fresh_with_its_age() {
        check("GET", MENU, &[], 0, "Hit, 0 s old: soup", "it has just come");
        check("GET", MENU, &[], 59_999, "Hit, 59 s old: soup", "it is fresh for a minute");
    }

    #[test]
    fn the_first_one_fetches() {
        let other = Uri { target: b"/wine", ..MENU };
        check("GET", other, &[], 0, "Miss", "nothing is stored under this target");
    }

    #[test]
    fn scheme_host_and_port_belong_to_the_key() {
        check("GET", Uri { host: b"evil.example", ..MENU }, &[], 0, "Miss", "another host has its own menu");
        check("GET", Uri { host: b"cafe.example:81", ..MENU }, &[], 0, "Miss", "another port is another server");
        check("GET", Uri { scheme: b"https", ..MENU }, &[], 0, "Miss", "another scheme is another server");
        let moved = Uri { scheme: b"http", host: b"cafe.example/", target: b"menu" };
        check("GET", moved, &[], 0, "Miss", "the same bytes, divided otherwise, are another URI");
    }

    #[test]
    fn what_is_stale_is_asked_about() {
        check("GET", MENU, &[], 60_000, "Revalidate", "a minute is over");
        check("GET", MENU, &[("Cache-Control", "no-cache")], 0, "Revalidate", "the client wants the upstream asked");
        check("GET", MENU, &[("Cache-Control", "max-age=5")], 6_000, "Revalidate", "the client wants it younger");
    }

    #[test]
    fn some_requests_never_begin_a_fetch_for_others() {
        let other = Uri { target: b"/wine", ..MENU };
        check("POST", MENU, &[], 0, "Pass", "only GET and HEAD are answered from a cache");
        check("GET", MENU, &[("Range", "bytes=0-1")], 0, "Pass", "parts are not kept");
        check("GET", MENU, &[("Cache-Control", "no-store")], 0, "Pass", "the client wants no trace");
        check("HEAD", MENU, &[], 0, "Hit, 0 s old: soup", "HEAD is served from what a GET has stored");
        check("HEAD", other, &[], 0, "Pass", "the answer to HEAD has no body to keep");
        check("GET", other, &[("If-None-Match", "\"1\"")], 0, "Pass", "a 304 would mean this client's own copy");
        check(
            "GET",
            other,
            &[("Cache-Control", "only-if-cached")],
            0,
            "NotCached",
            "stored or nothing, says the client",
        );
    }

    #[test]
    fn the_second_one_waits() {
        let got = within("ask twice", || {
            let cafe = Cafe::new(4);
            let lookups = [cafe.ask(0), cafe.ask(0)];
            lookups.map(|lookup| told(&lookup))
        });
        let why = "the first request fetches; the second finds that fetch under way";
        assert_eq!(got, ["Miss", "Wait"], "{why}");
    }

    #[test]
    fn the_second_one_waits_for_a_stale_answer_too() {
        let got = within("ask twice for what is stale", || {
            let cafe = Cafe::new(4);
            cafe.insert(MENU, "soup");
            let lookups = [cafe.ask(60_000), cafe.ask(60_000)];
            lookups.map(|lookup| told(&lookup))
        });
        assert_eq!(got, ["Revalidate", "Wait"], "one request asks the upstream about the stale answer for all");
    }

    #[test]
    fn another_page_does_not_wait() {
        let got = within("ask for two pages", || {
            let cafe = Cafe::new(1);
            let lookups = [cafe.ask(0), cafe.ask_for(Uri { target: b"/wine", ..MENU }, 0)];
            lookups.map(|lookup| told(&lookup))
        });
        assert_eq!(got, ["Miss", "Miss"], "two pages in the same shard are two fetches");
    }

    #[test]
    fn a_known_variant_is_a_fetch_of_its_own() {
        let got = within("ask for two variants", || {
            let cafe = Cafe::new(4);
            let (french, dutch) = (fields(&[("Accept-Language", "fr")]), fields(&[("Accept-Language", "nl")]));
            let response = fields(&[("Cache-Control", "max-age=60"), ("Vary", "accept-language")]);
            let answer = Answer { status: 200, reason: b"OK", fields: response.as_fields() };
            cafe.cache.insert(&get(MENU, &french), &answer, b"soupe".to_vec(), &at(0)).expect("it may be kept");
            let ask = |request, now_ms| cafe.cache.lookup(get(MENU, request), now_ms);
            let lookups = [ask(&french, 0), ask(&french, 60_000), ask(&dutch, 60_000), ask(&dutch, 60_000)];
            lookups.map(|lookup| told(&lookup))
        });
        let expected = ["Hit, 0 s old: soupe", "Revalidate", "Miss", "Wait"];
        assert_eq!(got, expected, "Vary: accept-language, asked for fr, fr a minute later, nl, nl");
    }

    #[test]
    fn a_flight_that_ends_lets_the_next_one_begin() {
        let (flights, next) = within("begin a fetch, give it up, ask again", || {
            let cafe = Cafe::new(4);
            drop(cafe.ask(0));
            (cafe.cache.counts().flights, told(&cafe.ask(0)))
        });
        assert_eq!((flights, next.as_str()), (0, "Miss"), "a fetch that was given up is not under way any more");
    }

    #[test]
    fn a_fetch_that_panics_is_not_under_way_any_more() {
        let next = within("panic during the fetch, then ask again", || {
            let cafe = Cafe::new(4);
            let fetch = catch_unwind(AssertUnwindSafe(|| {
                let _flight = cafe.ask(0);
                panic!("the upstream's answer broke this worker");
            }));
            assert!(fetch.is_err(), "the worker panicked");
            told(&cafe.ask(0))
        });
        assert_eq!(next, "Miss", "the next one fetches, and does not wait for a worker that is gone");
    }

    #[test]
    fn a_change_of_the_page_begins_a_new_fetch() {
        let got = within("fetch, POST, fetch, end the first fetch, ask", || {
            let cafe = Cafe::new(4);
            let old = cafe.ask(0);
            cafe.post();
            let new = cafe.ask(0);
            drop(old);
            [told(&new), told(&cafe.ask(0))]
        });
        let why = "what was asked for before the POST is not for those who ask after it, and its end is not theirs";
        assert_eq!(got, ["Miss", "Wait"], "{why}");
    }

    #[test]
    fn counts_hits_fetches_and_waits_over_all_shards() {
        for shards in [1, 3] {
            let counts =
                within("of ten pages, four are stored; ask for each once, and a minute later twice", move || {
                    let cafe = Cafe::new(shards);
                    let page = |number| Uri { target: numbered(number), ..MENU };
                    (0..4).for_each(|number| cafe.insert(page(number), "soup"));
                    (0..10).for_each(|number| drop(cafe.ask_for(page(number), 0)));
                    let flights: Vec<_> = (0..10).map(|number| cafe.ask_for(page(number), 60_000)).collect();
                    (0..10).for_each(|number| drop(cafe.ask_for(page(number), 60_000)));
                    let counts = cafe.cache.counts();
                    drop(flights);
                    counts
                });
            let got = (counts.hits, counts.misses, counts.revalidations, counts.waits, counts.flights);
            let expected = (4, 6 + 6, 4, 10, 10);
            assert_eq!(got, expected, "{shards} shards: (hits, misses, revalidations, waits, flights)");
        }
    }

    #[test]
    fn a_flight_says_what_is_worth_fetching() {
        let got = within("ask a flight about two heads, and about its room", || {
            let (cafe, small) = (Cafe::new(1), Cafe::new(16));
            let first = cafe.flight(0);
            let storable = |list| {
                let response = fields(list);
                let answer = Answer { status: 200, reason: b"OK", fields: response.as_fields() };
                first.storable(&answer, &at(0))
            };
            let said = [storable(&[("Cache-Control", "max-age=60")]), storable(&[("Cache-Control", "private")])];
            (said, first.room(), small.flight(0).room())
        });
        let room = |bytes| bytes - Stored::OVERHEAD;
        let expected = ([Ok(()), Err(Unstorable::Private)], room(16 * 1024), room(4 * 1024));
        assert_eq!(got, expected, "an entry has 16 KiB, and no more than its shard: a 16th of 64 KiB");
    }

    #[test]
    fn of_all_who_come_at_once_one_fetches() {
        const PAGES: usize = 1_000;
        const OVERTAKEN_OFTEN_ENOUGH: usize = 40;
        // Who is stopped between its look and its fetch is overtaken, on one core too: then both fetch the same page.
        let twice = within("two workers ask for the same pages, and overtake each other", || {
            let until = Instant::now() + Duration::from_millis(1_500); // on a busy machine fewer pages have to do
            let pages: Vec<_> = (0..PAGES).map(|page| Uri { target: numbered(page), ..MENU }).collect();
            let mut overtaken = 0;
            while overtaken < OVERTAKEN_OFTEN_ENOUGH && Instant::now() < until {
                let (cafe, ready) = (Cafe::new(1), AtomicUsize::new(0));
                let work = || {
                    ready.fetch_add(1, Ordering::SeqCst);
                    while ready.load(Ordering::SeqCst) < 2 {
                        thread::yield_now();
                    }
                    // No fetch ends before both have asked for everything.
                    pages.iter().map(|&page| cafe.ask_for(page, 0)).collect::<Vec<_>>()
                };
                let (mine, _theirs) = thread::scope(|scope| {
                    let other = scope.spawn(work);
                    (work(), other.join().unwrap_or_else(|panic| resume_unwind(panic)))
                });
                let counts = cafe.cache.counts();
                if counts.misses != counts.flights {
                    return counts.misses - counts.flights;
                }
                let fetches = || mine.iter().map(|lookup| matches!(lookup, Lookup::Miss(_)));
                overtaken += fetches().zip(fetches().skip(1)).filter(|(before, after)| before != after).count();
            }
            0
        });
        assert_eq!(twice, 0, "look and begin under one lock: in between, another one looks and finds nothing");
    }
}

mod step_3_wait {
    use super::*;

    /// Runs `scene` with a flight, and with two who wait for it.
    fn scene<T: Send + 'static>(
        what: &str,
        scene: impl for<'a> FnOnce(Flight<'a>, [Waiting<'a>; 2]) -> T + Send + 'static,
    ) -> T {
        within(what, move || {
            let cafe = Cafe::new(1);
            scene(cafe.flight(0), [cafe.waiting(0), cafe.waiting(0)])
        })
    }

    #[test]
    fn waits_as_long_as_the_fetch_takes() {
        let got = scene("poll one who waits, end the fetch, poll again", |flight, [waiting, _]| {
            let mut wait = pin!(waiting.wait());
            assert_eq!(poll_once(wait.as_mut()), "still waits", "the wait ends with the fetch, and not before it");
            flight.pass();
            poll_once(wait)
        });
        assert_eq!(got, "Alone", "the wait ends with the fetch");
    }

    #[test]
    fn tells_who_waits_that_the_answer_is_not_for_all() {
        let got = scene("the fetch passes", |flight, waitings| {
            flight.pass();
            waitings.map(|waiting| poll_once(pin!(waiting.wait())))
        });
        assert_eq!(got, ["Alone", "Alone"], "the answer may not be shared: go on alone");
    }

    #[test]
    fn tells_who_waits_that_the_fetch_was_lost() {
        let got = scene("the fetch is dropped", |flight, waitings| {
            drop(flight);
            waitings.map(|waiting| poll_once(pin!(waiting.wait())))
        });
        assert_eq!(got, ["Again", "Again"], "a fetch that was given up left nothing: ask the cache again");
    }

    #[test]
    fn a_fetch_that_panics_releases_who_waits() {
        let got = scene("the fetch panics", |flight, waitings| {
            let fetch = catch_unwind(AssertUnwindSafe(|| {
                let _flight = flight;
                panic!("the upstream's answer broke this worker");
            }));
            assert!(fetch.is_err(), "the worker panicked");
            waitings.map(|waiting| poll_once(pin!(waiting.wait())))
        });
        assert_eq!(got, ["Again", "Again"], "nobody waits for a worker that is gone");
    }

    #[test]
    fn a_fetch_that_is_cancelled_releases_who_waits() {
        let got = scene("the task that fetches is dropped in the middle", |flight, [waiting, _]| {
            let mut wait = pin!(waiting.wait());
            {
                let mut fetch = pin!(async move {
                    std::future::pending::<()>().await;
                    flight.pass();
                });
                let polled = fetch.as_mut().poll(&mut Context::from_waker(Waker::noop()));
                assert!(polled.is_pending(), "the upstream has not answered");
                assert_eq!(poll_once(wait.as_mut()), "still waits", "the fetch is under way");
            }
            poll_once(wait)
        });
        assert_eq!(got, "Again", "a client that went away takes its fetch along, and nobody else");
    }

    #[test]
    fn one_who_is_slow_to_wake_holds_up_nobody() {
        let got = scene("two wait; the fetch ends; only the second one is polled", |flight, [slow, quick]| {
            let (mut slow, mut quick) = (pin!(slow.wait()), pin!(quick.wait()));
            assert_eq!([poll_once(slow.as_mut()), poll_once(quick.as_mut())], ["still waits"; 2]);
            flight.pass();
            poll_once(quick)
        });
        assert_eq!(got, "Alone", "all who wait go on at once: no queue, no convoy");
    }

    #[test]
    fn whoever_stops_waiting_leaves_nothing_behind() {
        let (flights, next) = within("some wait and go; the fetch ends; one more asks", || {
            let cafe = Cafe::new(1);
            let flight = cafe.flight(0);
            for _ in 0..3 {
                let wait = pin!(cafe.waiting(0).wait());
                assert_eq!(poll_once(wait), "still waits", "the fetch is under way");
            }
            let during = cafe.cache.counts().flights;
            flight.pass();
            ([during, cafe.cache.counts().flights], told(&cafe.ask(0)))
        });
        assert_eq!((flights, next.as_str()), ([1, 0], "Miss"), "waiting changes nothing for anybody else");
    }

    #[test]
    fn waiting_leaves_the_thread_to_others() {
        let got = scene("one thread runs a fetch and two who wait for it", |flight, [first, second]| {
            let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime needs nothing");
            let fetch = async {
                tokio::task::yield_now().await;
                flight.pass();
            };
            let (first, second, ()) = runtime.block_on(async { tokio::join!(first.wait(), second.wait(), fetch) });
            [became(first), became(second)]
        });
        assert_eq!(got, ["Alone", "Alone"], "who waits gives the thread away, so that the fetch can go on");
    }
}

mod step_4_land {
    use super::*;

    const FRESH: &[(&str, &str)] = &[("Cache-Control", "max-age=60"), ("ETag", "\"1\"")];

    fn store(flight: Flight<'_>, list: &[(&str, &str)], body: &str) -> Result<Arc<Stored>, Unstorable> {
        let response = fields(list);
        let answer = Answer { status: 200, reason: b"OK", fields: response.as_fields() };
        flight.store(&answer, body.into(), &at(0))
    }

    /// One fetch that stores an answer with these fields, one who waits, and one who comes later, ten seconds on.
    fn check(list: &'static [(&str, &str)], expected: [&str; 2], why: &str) {
        let got = within(why, move || {
            let cafe = Cafe::new(1);
            let (flight, waiting) = (cafe.flight(0), cafe.waiting(0));
            _ = store(flight, list, "soup");
            [poll_once(pin!(waiting.wait())), told(&cafe.ask(10_000))]
        });
        let who = "who waited, who comes later";
        assert!(got == expected, "{why}\ninput: {list:?}\nexpected ({who}): {expected:?}\ngot: {got:?}");
    }

    #[test]
    fn the_answer_is_for_those_who_wait_and_for_those_who_come() {
        check(FRESH, ["Hit: soup", "Hit, 10 s old: soup"], "one fetch, for all who waited and for a minute after");
    }

    #[test]
    fn an_answer_that_may_not_be_kept_is_not() {
        let why = "a shared cache keeps nothing private, and nobody waits for the rest of it";
        check(&[("Cache-Control", "private, max-age=60")], ["Alone", "Miss"], why);
        check(&[("Cache-Control", "no-store")], ["Alone", "Miss"], why);
        check(
            &[("Cache-Control", "max-age=60"), ("Vary", "*")],
            ["Alone", "Miss"],
            "no other request is like this one",
        );
    }

    #[test]
    fn an_answer_to_ask_about_each_time_is_not_for_those_who_wait() {
        let list = &[("Cache-Control", "no-cache"), ("ETag", "\"1\"")];
        check(list, ["Alone", "Revalidate"], "no-cache: keep it, and ask the upstream before each use");
    }

    #[test]
    fn the_flight_is_over_when_it_has_landed() {
        let counts = within("store, then count", || {
            let cafe = Cafe::new(1);
            store(cafe.flight(0), FRESH, "soup").expect("it may be kept");
            cafe.cache.counts()
        });
        assert_eq!((counts.flights, counts.entries), (0, 1), "one entry, and no fetch under way");
    }

    #[test]
    fn all_share_one_answer() {
        let owners = within("one fetch, and one who comes later", || {
            let cafe = Cafe::new(1);
            let stored = store(cafe.flight(0), FRESH, "soup").expect("it may be kept");
            match cafe.ask(0) {
                Lookup::Hit { stored: found, .. } => Arc::ptr_eq(&stored, &found),
                other => panic!("expected: Hit\ngot: {}", told(&other)),
            }
        });
        assert!(owners, "a clone of an Arc is one more owner of the same answer: no byte of it is copied");
    }

    #[test]
    fn another_variant_asks_again_and_fetches_its_own() {
        let got = within("one fetches fr, one waits for nl", || {
            let cafe = Cafe::new(1);
            let (french, dutch) = (fields(&[("Accept-Language", "fr")]), fields(&[("Accept-Language", "nl")]));
            let ask = |request| cafe.cache.lookup(get(MENU, request), 0);
            let (first, waiting) = (flight(ask(&french)), waiting(ask(&dutch)));
            let list = &[("Cache-Control", "max-age=60"), ("Vary", "Accept-Language")];
            store(first, list, "soupe").expect("it may be kept");
            let waited = poll_once(pin!(waiting.wait()));
            store(flight(ask(&dutch)), list, "soep").expect("it may be kept");
            [waited, told(&ask(&french)), told(&ask(&dutch))]
        });
        let expected = ["Again", "Hit, 0 s old: soupe", "Hit, 0 s old: soep"];
        assert_eq!(got, expected, "the answer says Vary: Accept-Language, and one who waits had asked for another");
    }

    /// One stores version 1, fresh for a minute. After 70 s one asks about it and one waits; then comes a 304.
    fn not_modified(news: &'static [(&str, &str)]) -> [String; 4] {
        within("store, let it go stale, ask, get a 304", move || {
            let cafe = Cafe::new(1);
            store(cafe.flight(0), FRESH, "soup").expect("it may be kept");
            let (flight, waiting) = (cafe.flight(70_000), cafe.waiting(70_000));
            let fresh = flight.freshen(fields(news).as_fields(), &at(71_000));
            let sent = fresh.map_or("nothing".into(), |fresh| fresh.body().escape_ascii().to_string());
            let later = |now_ms| told(&cafe.ask(now_ms));
            [sent, poll_once(pin!(waiting.wait())), later(75_000), later(76_000)]
        })
    }

    #[test]
    fn a_304_makes_the_stale_answer_fresh() {
        let got = not_modified(&[("ETag", "\"1\""), ("Cache-Control", "max-age=5")]);
        let expected = ["soup", "Hit: soup", "Hit, 4 s old: soup", "Revalidate"];
        assert_eq!(got, expected, "fresh again from 71 s on, for as long as the 304 says");
    }

    #[test]
    fn a_304_for_another_version_is_good_for_nobody() {
        let got = not_modified(&[("ETag", "\"2\"")]);
        let expected = ["nothing", "Alone", "Revalidate", "Revalidate"];
        assert_eq!(got, expected, "\"1\" is stored, and the 304 speaks of \"2\"");
    }

    #[test]
    fn a_304_that_makes_the_answer_private_is_for_one() {
        let got = not_modified(&[("ETag", "\"1\""), ("Cache-Control", "private, max-age=60")]);
        let expected = ["soup", "Alone", "Revalidate", "Revalidate"];
        assert_eq!(got, expected, "from now on the answer is for whoever asked, and for nobody else");
    }

    #[test]
    fn a_page_that_was_changed_meanwhile_is_not_kept() {
        let got = within("fetch, POST, land", || {
            let cafe = Cafe::new(1);
            let (flight, waiting) = (cafe.flight(0), cafe.waiting(0));
            cafe.post();
            store(flight, FRESH, "old soup").expect("those who waited may have it");
            [poll_once(pin!(waiting.wait())), told(&cafe.ask(0))]
        });
        let why = "an answer from before the POST serves those who asked before it, and is kept for nobody";
        assert_eq!(got, ["Hit: old soup", "Miss"], "{why}");
    }

    #[test]
    fn holds_no_more_than_it_may() {
        let counts = within("store 100 answers of 4 KiB in a cache of 64 KiB", || {
            let cafe = Cafe::new(1);
            for number in 0..100 {
                let lookup = cafe.ask_for(Uri { target: numbered(number), ..MENU }, 0);
                store(flight(lookup), FRESH, &"x".repeat(4_096)).expect("it may be kept");
            }
            cafe.cache.counts()
        });
        let bytes = counts.entries * 4_096..=64 * 1024;
        assert!(
            bytes.contains(&counts.bytes),
            "expected: {bytes:?} bytes, all bodies and no more than may be\ngot: {counts:?}"
        );
        assert_eq!((counts.stored, counts.evicted + counts.entries), (100, 100), "{counts:?}");
        assert!(counts.entries >= 13, "expected: as many as fit\ngot: {counts:?}");
    }

    #[test]
    fn a_hundred_who_come_together_cost_one_fetch() {
        let got = within("a hundred tasks on four threads ask for one page", || {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).build();
            let (cafe, fetched) = (Arc::new(Cafe::new(4)), Arc::new(AtomicUsize::new(0)));
            runtime.expect("a runtime needs nothing but threads").block_on(async {
                let line = Arc::new(tokio::sync::Barrier::new(100));
                let clients = (0..100).map(|_| {
                    let (cafe, fetched, line) = (Arc::clone(&cafe), Arc::clone(&fetched), Arc::clone(&line));
                    tokio::spawn(async move {
                        line.wait().await;
                        client(&cafe, &fetched).await
                    })
                });
                let mut served = 0;
                for client in clients.collect::<Vec<_>>() {
                    served += usize::from(client.await.expect("no client panics"));
                }
                (fetched.load(Ordering::SeqCst), served)
            })
        });
        assert_eq!(got, (1, 100), "(fetches, clients served)");
    }

    /// What a proxy does for a client, with an upstream that counts how often it is asked.
    async fn client(cafe: &Cafe, fetched: &AtomicUsize) -> bool {
        loop {
            match cafe.ask(0) {
                Lookup::Hit { stored, .. } => return stored.body() == b"soup",
                Lookup::Miss(flight) => {
                    fetched.fetch_add(1, Ordering::SeqCst);
                    tokio::task::yield_now().await;
                    return store(flight, FRESH, "soup").is_ok();
                }
                Lookup::Wait(waiting) => match waiting.wait().await {
                    Waited::Hit(stored) => return stored.body() == b"soup",
                    Waited::Again => {}
                    Waited::Alone => return false,
                },
                other => panic!("expected: Hit, Miss or Wait\ngot: {}", told(&other)),
            }
        }
    }
}
