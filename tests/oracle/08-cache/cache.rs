//! Part 08 before the oracle: who asks, waits, stores, gives up and dies, one after another, and one who is overtaken.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Waker};

use oracle_support::{Input, Tasks, answer_all, at_once, listed, overtake, shown};
use part_cache::{Cache, Flight, Lookup, Waiting};
use wire::cache::{Answer, Asked, CacheCounts, CacheLimits, Stored, Times, Unstorable, Uri, Waited};
use wire::{FieldLines, Fields};

/// As long as the program, so that flights may borrow it: a case is over before anybody could want it back.
type Shared = &'static Cache;

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let limits = CacheLimits { bytes: input.size(), entry_bytes: input.size(), shards: input.size() };
    match call {
        "Shards" => {
            let pages = input.list(Input::bytes);
            at_once("the cache", move || shards(&limits, pages))
        }
        "Apart" => at_once("the cache", move || apart(&limits)),
        "Play" => {
            let (they_wait, steps) = (input.flag(), input.list(Step::read));
            at_once("the cache", move || {
                let mut scene = Scene::new(&limits, they_wait);
                listed(steps.iter().map(|step| scene.play(step)))
            })
        }
        "Race" => race(&limits),
        other => unreachable!("the case maker has no call {other}"),
    }
}

fn new(limits: &CacheLimits) -> Shared {
    let new: fn(&CacheLimits) -> Cache = Cache::new;
    Box::leak(Box::new(new(limits)))
}

/// Pages are inserted, one worker dies with a lock, and the others look where everything is.
fn shards(limits: &CacheLimits, pages: Vec<Vec<u8>>) -> String {
    let shard_of: fn(&Cache, Uri<'static>) -> usize = Cache::shard_of;
    let counts: fn(&Cache) -> CacheCounts = Cache::counts;
    let cache = new(limits);
    let uris: Vec<Uri<'static>> = pages.into_iter().map(|page| page_of(leaked(page))).collect();
    for uri in &uris {
        insert(cache, *uri);
    }
    let before = counts(cache);
    for uri in &uris {
        let died = catch_unwind(AssertUnwindSafe(|| cache.peek(*uri, |_| panic!("this worker dies"))));
        assert!(died.is_err(), "the panic of a worker is its own");
    }
    let places: Vec<usize> = uris.iter().map(|uri| shard_of(cache, *uri)).collect();
    let in_place = uris.iter().zip(&places).all(|(uri, place)| {
        let together = places.iter().filter(|other| *other == place).count();
        *place < limits.shards.max(1) && cache.peek(*uri, |shelf| shelf.len()) == together
    });
    format!("{before:?}, each in its shard: {in_place}, after the deaths: {:?}", counts(cache))
}

/// Two pages of different shards: an entry lies in one of them, and one lock does not keep the other shut.
fn apart(limits: &CacheLimits) -> String {
    let (menu, wine) = (page_of(b"/menu"), page_of(b"/wine"));
    // Which shard a URI belongs to is drawn anew for each cache, so every second one will do.
    let found =
        std::iter::repeat_with(|| new(limits)).take(200).find(|cache| cache.shard_of(menu) != cache.shard_of(wine));
    let Some(cache) = found else { return String::from("all in one shard") };
    insert(cache, menu);
    let lengths = [menu, wine].map(|uri| cache.peek(uri, |shelf| shelf.len()));
    let both = cache.peek(menu, |_| cache.peek(wine, |shelf| shelf.len()));
    format!("{lengths:?}, while the other is locked: {both}")
}

/// A worker asks and gives up, over and over. It is stopped while it asks, and another one asks for the same page: never
/// do both of them fetch it.
fn race(limits: &CacheLimits) -> String {
    let (cache, plain) = (new(limits), FieldLines::new());
    let ask = || cache.lookup(Asked { method: b"GET", uri: page_of(b"/menu"), fields: plain.as_fields() }, 0);
    // A fetch of the other worker goes on until the first one has seen that it does not fetch.
    let (kept, is_kept, both) = (Mutex::new(None), AtomicBool::new(false), AtomicBool::new(false));
    let keep = || {
        let lookup = ask();
        if matches!(lookup, Lookup::Miss(_)) {
            *kept.lock().expect("nobody panics with it") = Some(lookup);
            is_kept.store(true, Ordering::SeqCst);
        }
    };
    let give_up = || {
        let lookup = ask();
        if is_kept.load(Ordering::SeqCst) {
            both.fetch_or(matches!(lookup, Lookup::Miss(_)), Ordering::SeqCst);
            is_kept.store(false, Ordering::SeqCst);
            drop(kept.lock().expect("nobody panics with it").take());
        }
    };
    overtake(give_up, keep);
    format!("two fetches at one time: {both:?}")
}

/// One thing that happens: who does what, with a head and at a time.
struct Step {
    who: String,
    does: String,
    method: Vec<u8>,
    uri: Uri<'static>,
    fields: FieldLines,
    now_ms: u64,
    status: u16,
    body: Vec<u8>,
}

impl Step {
    fn read(input: &mut Input<'_>) -> Self {
        let (who, does, method) = (input.text(), input.text(), input.bytes());
        let uri = Uri { scheme: leaked(input.bytes()), host: leaked(input.bytes()), target: leaked(input.bytes()) };
        let mut fields = FieldLines::new();
        for (name, value) in input.list(|input| (input.bytes(), input.bytes())) {
            fields.push(&name, &value).expect("the case maker sends good fields");
        }
        let now_ms = input.wide();
        let status = u16::try_from(input.number()).expect("the case maker sends a status");
        Self { who, does, method, uri, fields, now_ms, status, body: input.bytes() }
    }

    /// The request that is asked; its head is as long as the program.
    fn asked(&self) -> Asked<'static> {
        let fields: &'static FieldLines = Box::leak(Box::new(self.fields.clone()));
        Asked { method: leaked(self.method.clone()), uri: self.uri, fields: fields.as_fields() }
    }

    fn answer(&self) -> Answer<'_> {
        Answer { status: self.status, reason: b"OK", fields: self.fields.as_fields() }
    }

    fn times(&self) -> Times {
        let ms = self.now_ms;
        Times { asked_ms: ms, answered_ms: ms, answered_unix_s: 1_000_000 + ms / 1_000 }
    }
}

/// A cache, the fetches by the names of those who run them, and those who wait.
struct Scene {
    /// Whether those who have to wait begin to.
    they_wait: bool,
    cache: Shared,
    flights: BTreeMap<String, Flight<'static>>,
    waits: Tasks<Waited>,
    /// Those who were woken and do not go on.
    dozing: BTreeMap<String, Pin<Box<dyn Future<Output = Waited> + Send>>>,
    /// The newest answer that was stored, to see whether it is shared.
    newest: Option<Arc<Stored>>,
}

impl Scene {
    fn new(limits: &CacheLimits, they_wait: bool) -> Self {
        Self {
            they_wait,
            cache: new(limits),
            flights: BTreeMap::new(),
            waits: Tasks::default(),
            dozing: BTreeMap::new(),
            newest: None,
        }
    }

    /// Does what a step says, and tells what became of those who were woken by it.
    fn play(&mut self, step: &Step) -> String {
        let mut said = vec![format!("{} {}: {}", step.who, step.does, self.does(step))];
        for (name, waited) in self.waits.run() {
            said.push(format!("{name} waited: {}", self.became(&waited)));
        }
        said.join("; ")
    }

    fn does(&mut self, step: &Step) -> String {
        let lookup: fn(&'static Cache, Asked<'static>, u64) -> Lookup<'static> = Cache::lookup;
        let forget: fn(&Cache, &Asked<'static>, u16) = Cache::forget;
        match step.does.as_str() {
            "asks" => self.looked(step, lookup(self.cache, step.asked(), step.now_ms)),
            "stores" => {
                let store: fn(Flight<'static>, &Answer<'_>, Vec<u8>, &Times) -> Result<Arc<Stored>, Unstorable> =
                    Flight::store;
                self.landed(step, |flight, step| store(flight, &step.answer(), step.body.clone(), &step.times()))
            }
            "freshens" => {
                let freshen: for<'f> fn(Flight<'static>, Fields<'f>, &Times) -> Option<Arc<Stored>> = Flight::freshen;
                let Some(flight) = self.flights.remove(&step.who) else { return String::from("no fetch") };
                let fresh = freshen(flight, step.fields.as_fields(), &step.times());
                fresh.map_or_else(|| String::from("nothing"), |fresh| shown(fresh.body()))
            }
            "passes" => self.with_flight(step, Flight::pass),
            "gives up" => self.with_flight(step, drop),
            "dies" => self.with_flight(step, |flight| {
                let died = catch_unwind(AssertUnwindSafe(move || {
                    let _flight = flight;
                    panic!("the upstream's answer broke this worker");
                }));
                assert!(died.is_err(), "the worker died");
            }),
            "goes away" => if self.waits.cancel(&step.who) { "waits no more" } else { "did not wait" }.to_owned(),
            "dozes" => String::from("will not go on when it is woken"),
            "wakes up" => match self.dozing.remove(&step.who) {
                Some(wait) => {
                    self.waits.begin(&step.who, wait);
                    String::new()
                }
                None => String::from("did not doze"),
            },
            "inserts" => {
                let stored = self.cache.insert(&step.asked(), &step.answer(), step.body.clone(), &step.times());
                stored.map_or_else(|why| format!("{why:?}"), |stored| shown(stored.body()))
            }
            "forgets" => {
                forget(self.cache, &step.asked(), step.status);
                String::new()
            }
            "counts" => format!("{:?}", self.cache.counts()),
            other => unreachable!("the case maker knows no step {other}"),
        }
    }

    /// What the cache said; who fetches gets the flight, and who has to wait begins to.
    fn looked(&mut self, step: &Step, lookup: Lookup<'static>) -> String {
        match lookup {
            Lookup::Hit { stored, age_s } => {
                format!("Hit, {age_s} s old: {}{}", shown(stored.body()), self.same(&stored))
            }
            Lookup::Revalidate { stored, flight } => {
                self.flights.insert(step.who.clone(), flight);
                format!("Revalidate {}", shown(stored.body()))
            }
            Lookup::Miss(flight) => {
                let room: usize = flight.room();
                self.flights.insert(step.who.clone(), flight);
                format!("Miss, room for {room}")
            }
            Lookup::Wait(waiting) => {
                if self.they_wait {
                    self.wait(&step.who, waiting);
                }
                String::from("Wait")
            }
            Lookup::Pass => String::from("Pass"),
            Lookup::NotCached => String::from("NotCached"),
        }
    }

    /// A name with a `z` in front is one who dozes: polled once, and not when it is woken.
    fn wait(&mut self, who: &str, waiting: Waiting<'static>) {
        let mut wait: Pin<Box<dyn Future<Output = Waited> + Send>> = Box::pin(waiting.wait());
        if who.starts_with('z') {
            let polled = wait.as_mut().poll(&mut Context::from_waker(Waker::noop()));
            assert!(polled.is_pending(), "the fetch is under way, so who waits for it waits");
            self.dozing.insert(who.to_owned(), wait);
        } else {
            self.waits.begin(who, wait);
        }
    }

    fn landed(
        &mut self,
        step: &Step,
        land: impl FnOnce(Flight<'static>, &Step) -> Result<Arc<Stored>, Unstorable>,
    ) -> String {
        let Some(flight) = self.flights.remove(&step.who) else { return String::from("no fetch") };
        let may: Result<(), Unstorable> = flight.storable(&step.answer(), &step.times());
        match land(flight, step) {
            Ok(stored) => {
                let told = shown(stored.body());
                self.newest = Some(stored);
                format!("{told}, may be stored: {may:?}")
            }
            Err(why) => format!("{why:?}, may be stored: {may:?}"),
        }
    }

    fn with_flight(&mut self, step: &Step, ends: impl FnOnce(Flight<'static>)) -> String {
        match self.flights.remove(&step.who) {
            Some(flight) => {
                ends(flight);
                String::new()
            }
            None => String::from("no fetch"),
        }
    }

    fn became(&self, waited: &Waited) -> String {
        match waited {
            Waited::Hit(stored) => format!("Hit: {}{}", shown(stored.body()), self.same(stored)),
            Waited::Again => String::from("Again"),
            Waited::Alone => String::from("Alone"),
        }
    }

    /// Whether this is the newest answer itself, or a copy of it.
    fn same(&self, stored: &Arc<Stored>) -> &'static str {
        match &self.newest {
            Some(newest) if Arc::ptr_eq(newest, stored) => ", shared",
            Some(_) | None => "",
        }
    }
}

fn insert(cache: &Cache, uri: Uri<'_>) {
    let (plain, mut fields) = (FieldLines::new(), FieldLines::new());
    fields.push(b"Cache-Control", b"max-age=60").expect("a good field");
    let (asked, answer) = (
        Asked { method: b"GET", uri, fields: plain.as_fields() },
        Answer { status: 200, reason: b"OK", fields: fields.as_fields() },
    );
    let times = Times { asked_ms: 0, answered_ms: 0, answered_unix_s: 1_000_000 };
    cache.insert(&asked, &answer, b"soup".to_vec(), &times).expect("this answer may be kept");
}

fn page_of(target: &'static [u8]) -> Uri<'static> {
    Uri { scheme: b"http", host: b"cafe.example", target }
}

fn leaked(bytes: Vec<u8>) -> &'static [u8] {
    Box::leak(bytes.into_boxed_slice())
}
