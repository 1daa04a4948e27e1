//! Part 10 before the oracle: requests that ask, wait, give back and go away under a schedule. A connection is a number.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::Duration;

use oracle_support::{Input, Moment, Tasks, answer_all, at_once, listed};
use part_pool::{Lent, Pool};
use wire::pool::{Look, PoolCounts, PoolLimits, Pooled};

/// As long as the program, so that futures may borrow it: a case is over before anybody could want it back.
type Shared = &'static Pool<Connection>;
type Held = Lent<'static, Connection>;
type Outcome = Result<Held, &'static str>;

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let limits = PoolLimits {
        connections: usize::try_from(input.wide()).unwrap_or(usize::MAX),
        idle: input.size(),
        idle_ms: input.wide(),
    };
    match call {
        "Play" => {
            let mut scene = Scene::new(limits);
            listed(input.list(Input::text).iter().map(|step| format!("{step}: {}", scene.play(step))))
        }
        "Race" => race(limits, input.size(), input.size()),
        other => unreachable!("the case maker has no call {other}"),
    }
}

/// What the upstream saw.
#[derive(Default)]
struct Upstream {
    dialled: AtomicUsize,
    open: AtomicUsize,
    most_open: AtomicUsize,
    closed: Mutex<Vec<usize>>,
    /// Connections on which something came that nobody has read, and those where only a sure look finds it.
    noisy: Mutex<Vec<usize>>,
    noisy_in_secret: Mutex<Vec<usize>>,
}

struct Connection {
    number: usize,
    upstream: Arc<Upstream>,
    /// Nobody may hold the pool's lock during a look.
    pool: Shared,
}

impl Pooled for Connection {
    fn is_quiet(&self, look: Look) -> bool {
        let pool = self.pool;
        at_once("counts, during a look,", move || drop(pool.counts()));
        let among = |list: &Mutex<Vec<usize>>| list.lock().expect(LOCK).contains(&self.number);
        !among(&self.upstream.noisy) && (look == Look::Quick || !among(&self.upstream.noisy_in_secret))
    }
}

const LOCK: &str = "nobody panics under this lock";

impl Drop for Connection {
    fn drop(&mut self) {
        self.upstream.open.fetch_sub(1, Ordering::SeqCst);
        self.upstream.closed.lock().expect(LOCK).push(self.number);
    }
}

impl Upstream {
    fn open(self: &Arc<Self>, pool: Shared) -> Connection {
        let number = self.dialled.fetch_add(1, Ordering::SeqCst);
        let open = self.open.fetch_add(1, Ordering::SeqCst) + 1;
        self.most_open.fetch_max(open, Ordering::SeqCst);
        Connection { number, upstream: self.clone(), pool }
    }
}

/// A pool, its upstream, and the requests by name.
struct Scene {
    pool: Shared,
    upstream: Arc<Upstream>,
    /// The upstream answers slow dials when this comes.
    answers: Moment,
    held: BTreeMap<String, Held>,
    tasks: Tasks<Outcome>,
}

impl Scene {
    fn new(limits: PoolLimits) -> Self {
        let new: fn(PoolLimits) -> Pool<Connection> = Pool::new;
        Self {
            pool: Box::leak(Box::new(new(limits))),
            upstream: Arc::default(),
            answers: Moment::default(),
            held: BTreeMap::new(),
            tasks: Tasks::default(),
        }
    }

    /// Does what a step says, or several parts of it at once, lets run what was woken, and counts.
    fn play(&mut self, step: &str) -> String {
        let mut said: Vec<String> = step.split(", ").map(|part| self.does(part)).collect();
        for (name, outcome) in self.tasks.run() {
            said.push(match outcome {
                Ok(lent) => {
                    let told = format!("{name} has connection {}, reused: {}", lent.number, lent.reused());
                    self.held.insert(name, lent);
                    told
                }
                Err(error) => format!("{name}: {error}"),
            });
        }
        said.retain(|word| !word.is_empty());
        let counts: fn(&Pool<Connection>) -> PoolCounts = Pool::counts;
        let closed = self.upstream.closed.lock().expect(LOCK).clone();
        format!("{}; {:?}; closed {closed:?}", said.join("; "), counts(self.pool))
    }

    fn does(&mut self, part: &str) -> String {
        let give_back: fn(Held, u64) = Lent::give_back;
        let expire: fn(&Pool<Connection>, u64) = Pool::expire;
        match part.split(' ').collect::<Vec<_>>()[..] {
            [name, "asks", "at", now, look, dial] => {
                let look = if look == "surely" { Look::Sure } else { Look::Quick };
                let dialled = self.dial(dial);
                let future = self.pool.lend(number(now), look, async move || dialled.await);
                self.tasks.begin(name, sent(future));
                String::new()
            }
            // Whoever has no connection has nothing to give.
            [name, "gives", "back", "at", now] => match self.held.remove(name) {
                Some(lent) => {
                    give_back(lent, number(now));
                    String::new()
                }
                None => String::from("nothing"),
            },
            [name, "drops"] => self.held.remove(name).map_or("nothing", |_| "").to_owned(),
            [name, "redials", dial] => match self.held.remove(name) {
                Some(lent) => {
                    let dialled = self.dial(dial);
                    let future = lent.redial(async move || dialled.await);
                    self.tasks.begin(name, sent(future));
                    String::new()
                }
                None => String::from("nothing"),
            },
            [name, "cancels"] => if self.tasks.cancel(name) { "" } else { "nothing" }.to_owned(),
            ["noise", "on", which] => {
                self.upstream.noisy.lock().expect(LOCK).push(index(which));
                String::new()
            }
            ["secret", "noise", "on", which] => {
                self.upstream.noisy_in_secret.lock().expect(LOCK).push(index(which));
                String::new()
            }
            ["upstream", "answers"] => {
                std::mem::take(&mut self.answers).comes();
                String::new()
            }
            ["expire", "at", now] => {
                expire(self.pool, number(now));
                String::new()
            }
            ref other => unreachable!("the case maker knows no step {other:?}"),
        }
    }

    /// How the upstream takes a dial: at once, when it answers, or not at all. No lock of the pool is held meanwhile.
    fn dial(&self, how: &str) -> impl Future<Output = Result<Connection, &'static str>> + Send + use<> {
        let (pool, upstream, answered) = (self.pool, self.upstream.clone(), self.answers.reached());
        let (slow, refuses) = (how.starts_with("slow"), how.ends_with("refused"));
        async move {
            at_once("counts, during a dial,", move || drop(pool.counts()));
            if slow {
                answered.await;
            }
            if refuses { Err("connection refused") } else { Ok(upstream.open(pool)) }
        }
    }
}

/// The proxy's tasks move from thread to thread, so what they await has to be `Send`.
fn sent<T>(future: impl Future<Output = T> + Send) -> impl Future<Output = T> + Send {
    future
}

/// Threads that ask, give back, drop and go away; nothing may be lost, and no more be open than there are places.
fn race(limits: PoolLimits, threads: usize, rounds: usize) -> String {
    let bound = limits.connections;
    let pool: Shared = Box::leak(Box::new(Pool::new(limits)));
    let upstream: Arc<Upstream> = Arc::default();
    let (told, tells) = mpsc::channel();
    for at in 0..threads {
        let (upstream, told) = (upstream.clone(), told.clone());
        thread::spawn(move || {
            let dial = || async { Ok::<_, &str>(upstream.open(pool)) };
            for round in 0..rounds {
                let lent = block_on(pool.lend(0, Look::Quick, async || dial().await)).expect("nobody is refused");
                thread::yield_now();
                if (at + round) % 5 > 0 {
                    lent.give_back(0)
                } else {
                    drop(lent)
                }
                // A request that asks, perhaps gets into the queue or has a connection, and goes away.
                let mut gone = Box::pin(pool.lend(0, Look::Quick, async || dial().await));
                drop(gone.as_mut().poll(&mut Context::from_waker(Waker::noop())));
            }
            told.send(()).expect("somebody waits");
        });
    }
    drop(told);
    let ended = (0..threads).filter(|_| tells.recv_timeout(Duration::from_secs(4)).is_ok()).count();
    let counts = pool.counts();
    let (dialled, closed) = (upstream.dialled.load(Ordering::SeqCst), upstream.closed.lock().expect(LOCK).len());
    let right = [
        ended == threads,
        counts.lent == 0,
        (counts.connects, counts.discards) == (dialled as u64, closed as u64),
        dialled == closed + counts.idle,
        upstream.most_open.load(Ordering::SeqCst) <= bound,
    ];
    format!("all ended, none lent, counts as it happened, none lost, within the bound: {right:?}")
}

/// Runs a future to its end on this thread.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    struct Unpark(Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut future = std::pin::pin!(future);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return value;
        }
        thread::park();
    }
}

fn number(word: &str) -> u64 {
    word.parse().unwrap_or_else(|_| unreachable!("the case maker sends numbers, not {word}"))
}

fn index(word: &str) -> usize {
    word.parse().unwrap_or_else(|_| unreachable!("the case maker sends numbers, not {word}"))
}
