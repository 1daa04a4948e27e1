//! The stage of the tests of part 10: connections that are numbers, and futures that the test polls itself.

use part_pool::{Lent, Pool};
use std::future::{Future, pending};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::Duration;
use wire::pool::{Look, PoolCounts, PoolLimits, Pooled};

/// What the upstream saw.
#[derive(Default)]
pub(crate) struct Upstream {
    pub(crate) dialled: AtomicUsize,
    pub(crate) closed: Mutex<Vec<usize>>,
    pub(crate) open: AtomicUsize,
    pub(crate) most_open: AtomicUsize,
}

/// A connection: a number, counted from 0 in the order of dialling.
pub(crate) struct Connection {
    pub(crate) number: usize,
    pub(crate) upstream: Arc<Upstream>,
    /// Something came that nobody has read, and the event loop knows. The test keeps a clone, and is the upstream.
    pub(crate) noisy: Arc<AtomicBool>,
    /// Something came, and the event loop does not know yet: only a sure look finds it.
    pub(crate) noisy_in_secret: Arc<AtomicBool>,
    /// Called by each look.
    pub(crate) looked: Option<Box<dyn Fn() + Send + Sync>>,
}

impl Pooled for Connection {
    fn is_quiet(&self, look: Look) -> bool {
        if let Some(looked) = &self.looked {
            looked();
        }
        let found = match look {
            Look::Quick => false,
            Look::Sure => self.noisy_in_secret.load(Ordering::SeqCst),
        };
        !found && !self.noisy.load(Ordering::SeqCst)
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.upstream.open.fetch_sub(1, Ordering::SeqCst);
        self.upstream.closed.lock().expect("no test panics here").push(self.number);
    }
}

impl Upstream {
    pub(crate) fn open(self: &Arc<Self>) -> Connection {
        let number = self.dialled.fetch_add(1, Ordering::SeqCst);
        let open = self.open.fetch_add(1, Ordering::SeqCst) + 1;
        self.most_open.fetch_max(open, Ordering::SeqCst);
        let upstream = self.clone();
        Connection { number, upstream, noisy: Arc::default(), noisy_in_secret: Arc::default(), looked: None }
    }

    pub(crate) fn closed(&self) -> Vec<usize> {
        self.closed.lock().expect("no test panics here").clone()
    }
}

/// A future that the test polls, and what came of it.
pub(crate) struct Task<'a, T> {
    pub(crate) future: Pin<Box<dyn Future<Output = T> + Send + 'a>>,
    wakes: Arc<Wakes>,
}

#[derive(Default)]
pub(crate) struct Wakes(AtomicUsize);

impl Wake for Wakes {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

impl<'a, T> Task<'a, T> {
    /// `Send`, because the proxy's tasks move from thread to thread. If your future is not, what it holds across
    /// an await is not.
    pub(crate) fn new(future: impl Future<Output = T> + Send + 'a) -> Self {
        Self { future: Box::pin(future), wakes: Arc::default() }
    }

    pub(crate) fn poll(&mut self) -> Option<T> {
        let waker = Waker::from(self.wakes.clone());
        match self.future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(value) => Some(value),
            Poll::Pending => None,
        }
    }

    pub(crate) fn wakes(&self) -> usize {
        self.wakes.0.load(Ordering::SeqCst)
    }
}

impl Lending<'_> {
    /// Polls it once, and checks what comes of it.
    pub(crate) fn gives(&mut self, input: &str, expected: &str, why: &str) {
        check(input, outcome(self.poll()).as_str(), expected, why);
    }
}

pub(crate) type Lending<'a> = Task<'a, Result<Lent<'a, Connection>, &'static str>>;

/// A pool, the upstream that it dials, and the requests' side of both.
pub(crate) struct Scene {
    pub(crate) pool: Arc<Pool<Connection>>,
    pub(crate) upstream: Arc<Upstream>,
}

pub(crate) fn limits() -> PoolLimits {
    PoolLimits { connections: 4, idle: 4, idle_ms: 100 }
}

pub(crate) fn scene(limits: PoolLimits) -> Scene {
    Scene { pool: Arc::new(Pool::new(limits)), upstream: Arc::default() }
}

impl Scene {
    /// A request that asks for a connection at `now_ms`. Nothing happens before it is polled.
    pub(crate) fn asking(&self, now_ms: u64, look: Look) -> Lending<'_> {
        Task::new(self.pool.lend(now_ms, look, async || Ok(self.upstream.open())))
    }

    /// The same, but the upstream never answers its SYN.
    pub(crate) fn asking_in_vain(&self) -> Lending<'_> {
        Task::new(self.pool.lend(0, Look::Quick, async || pending().await))
    }

    /// The same, but the upstream refuses.
    pub(crate) fn asking_to_be_refused(&self) -> Lending<'_> {
        Task::new(self.pool.lend(0, Look::Quick, async || Err("connection refused")))
    }

    /// A connection that the pool has to lend at once.
    pub(crate) fn lent_at(&self, now_ms: u64) -> Lent<'_, Connection> {
        match self.asking(now_ms, Look::Quick).poll() {
            Some(Ok(lent)) => lent,
            Some(Err(error)) => panic!("input: lend at {now_ms} ms\nexpected: a connection\ngot: {error}"),
            None => panic!("input: lend at {now_ms} ms, a place is free\nexpected: a connection\ngot: it waits"),
        }
    }

    pub(crate) fn lent(&self) -> Lent<'_, Connection> {
        self.lent_at(0)
    }

    /// Lends `count` connections, and gives them back at these times.
    pub(crate) fn idle_since(&self, times: &[u64]) {
        let lent: Vec<_> = times.iter().map(|_| self.lent()).collect();
        for (lent, &time) in lent.into_iter().zip(times) {
            lent.give_back(time);
        }
    }

    /// Leaves one idle connection that has died since it came back.
    pub(crate) fn dies_while_idle(&self) {
        let lent = self.lent();
        let noisy = lent.noisy.clone();
        lent.give_back(0);
        noisy.store(true, Ordering::SeqCst);
    }

    pub(crate) fn check_counts(&self, input: &str, expected: PoolCounts, why: &str) {
        let got = self.pool.counts();
        assert!(got == expected, "{why}\ninput: {input}\nexpected: {expected:?}\ngot: {got:?}");
    }

    pub(crate) fn check_closed(&self, input: &str, expected: &[usize], why: &str) {
        let got = self.upstream.closed();
        assert!(got == expected, "{why}\ninput: {input}\nexpected: closed {expected:?}\ngot: closed {got:?}");
    }
}

pub(crate) fn check<T: PartialEq + std::fmt::Debug>(input: &str, got: T, expected: T, why: &str) {
    assert!(got == expected, "{why}\ninput: {input}\nexpected: {expected:?}\ngot: {got:?}");
}

/// What became of a request: the number of its connection, what the dial said, or that it waits.
pub(crate) fn outcome(polled: Option<Result<Lent<'_, Connection>, &'static str>>) -> String {
    match polled {
        Some(Ok(lent)) => format!("connection {}", lent.number),
        Some(Err(error)) => error.to_owned(),
        None => "it waits".to_owned(),
    }
}

/// Panics with `why` unless another thread gets the pool's lock within a second.
pub(crate) fn check_lock_is_free(pool: &Arc<Pool<Connection>>, input: &str, why: &str) {
    let (told, tells) = mpsc::channel();
    let pool = pool.clone();
    thread::spawn(move || told.send(pool.counts()));
    let free = tells.recv_timeout(Duration::from_secs(1)).is_ok();
    check(input, if free { "the lock is free" } else { "the lock is held" }, "the lock is free", why);
}

/// Runs a future to its end on this thread; a second without news is a deadlock.
pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    struct Unpark(thread::Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut future = std::pin::pin!(future);
    let start = std::time::Instant::now();
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return value;
        }
        thread::park_timeout(Duration::from_secs(1));
        let waited = start.elapsed();
        assert!(
            waited < Duration::from_secs(1),
            "input: 8 threads, 3 places\nexpected: a turn\ngot: {waited:?} of waiting"
        );
    }
}
