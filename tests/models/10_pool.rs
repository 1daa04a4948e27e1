//! Part 10 under loom: every interleaving of a few tasks on threads, at each lock and each counter of the part.
//!
//! This is the part's own source, compiled with loom's `Mutex` and atomics in the place of std's. tokio's semaphore
//! is not: loom lets one thread run at a time, so each call of it is one step here. (tokio models it itself.)

// The name `std` means loom below: what the part takes from `std` is what loom watches.
extern crate loom as std;

#[expect(dead_code, unreachable_pub, reason = "a crate of its own elsewhere; a model uses what it is about")]
#[path = "../../solutions/10-pool/src/lib.rs"]
mod part;

use core::future::Future;
use core::pin::pin;
use core::sync::atomic::{AtomicUsize, Ordering};
use core::task::{Context, Waker};
use loom::future::block_on;
use loom::sync::Arc;
use loom::thread;
use part::{Lent, Pool};
use wire::pool::{Look, PoolLimits, Pooled};

/// How many connections are open. Core's atomics: loom would take each use of its own for a step of the part.
#[derive(Default)]
struct Upstream {
    open: AtomicUsize,
    most: AtomicUsize,
}

struct Connection(Arc<Upstream>);

fn open(upstream: &Arc<Upstream>) -> Connection {
    let open = upstream.open.fetch_add(1, Ordering::SeqCst) + 1;
    upstream.most.fetch_max(open, Ordering::SeqCst);
    Connection(upstream.clone())
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Pooled for Connection {
    fn is_quiet(&self, _: Look) -> bool {
        true
    }
}

/// A pool with one place, and its upstream.
#[derive(Clone)]
struct Scene {
    pool: Arc<Pool<Connection>>,
    upstream: Arc<Upstream>,
}

impl Scene {
    fn new() -> Self {
        let limits = PoolLimits { connections: 1, idle: 1, idle_ms: 100 };
        Self { pool: Arc::new(Pool::new(limits)), upstream: Arc::default() }
    }

    async fn lend(&self) -> Lent<'_, Connection> {
        let dial = async || Ok::<_, ()>(open(&self.upstream));
        self.pool.lend(0, Look::Quick, dial).await.expect("this upstream refuses nobody")
    }

    async fn use_once(&self, keeps: bool) {
        let lent = self.lend().await;
        if keeps {
            lent.give_back(0);
        }
    }

    /// The place is free, and each connection that was opened was closed or is idle.
    fn check(&self, served: u64) {
        let counts = self.pool.counts();
        assert_eq!(counts.lent, 0, "a place was lost: {counts:?}");
        assert_eq!(counts.connects + counts.reuses, served, "each request had one connection: {counts:?}");
        assert_eq!(counts.connects, counts.discards + counts.idle as u64, "a connection was lost: {counts:?}");
        assert_eq!(self.upstream.open.load(Ordering::SeqCst), counts.idle, "who is not idle is closed: {counts:?}");
        let most = self.upstream.most.load(Ordering::SeqCst);
        assert_eq!(most, 1, "one place, so one connection at a time: {counts:?}");
    }
}

/// At most this many times a thread is interrupted where it need not be: more takes minutes, and found nothing else.
fn model(run: impl Fn() + Send + Sync + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = Some(3);
    builder.check(run);
}

#[test]
fn three_requests_share_one_place() {
    model(|| {
        let scene = Scene::new();
        let others = [true, false].map(|keeps| {
            let scene = scene.clone();
            thread::spawn(move || block_on(scene.use_once(keeps)))
        });
        block_on(scene.use_once(true));
        for other in others {
            other.join().expect("its turn comes");
        }
        scene.check(3);
    });
}

#[test]
fn a_request_that_goes_away_loses_nobodys_turn() {
    model(|| {
        let scene = Scene::new();
        let held = block_on(scene.lend());
        // It queues, or gets the place at once; either way it is cancelled at some moment of the others' lives.
        let impatient = {
            let scene = scene.clone();
            thread::spawn(move || {
                let asking = pin!(scene.lend());
                u64::from(asking.poll(&mut Context::from_waker(Waker::noop())).is_ready())
            })
        };
        let patient = {
            let scene = scene.clone();
            thread::spawn(move || block_on(scene.use_once(true)))
        };
        held.give_back(0);
        let served = impatient.join().expect("it waits for nobody");
        patient.join().expect("its turn comes");
        scene.check(2 + served);
    });
}
