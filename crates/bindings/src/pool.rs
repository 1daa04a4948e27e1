//! Part `pool` for Python: a scene of requests that ask for connections, in the order of a script.
//!
//! Nothing here is a socket, and no time passes: the script says what time it is.

use part_pool::{Lent, Pool};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use wire::pool::{Look, PoolCounts, PoolLimits, Pooled};

/// What a request got, and when: the step of the script, its name, its connection (None: it waits), whether reused.
type Event = (usize, String, Option<usize>, bool);

/// What came of a script.
#[pyclass(frozen, get_all, module = "proxylings._native")]
pub(crate) struct PoolScene {
    events: Vec<Event>,
    connects: u64,
    reuses: u64,
    discards: u64,
    waits: u64,
    idle: usize,
    lent: usize,
}

/// Play the steps, each a verb and the name of its request; for "at", the milliseconds.
#[pyfunction]
pub(crate) fn pool_scene(
    connections: usize,
    idle: usize,
    idle_ms: u64,
    script: Vec<[String; 2]>,
) -> PyResult<PoolScene> {
    let upstream = Upstream::default();
    let pool = Pool::new(PoolLimits { connections, idle, idle_ms });
    let mut scene = Scene { upstream: &upstream, pool: &pool, waiting: Vec::new(), lent: BTreeMap::new(), now_ms: 0 };
    let mut events = Vec::new();
    for (step, [verb, request]) in script.into_iter().enumerate() {
        scene.play(&verb, request)?;
        events.extend(scene.news().into_iter().map(|(name, number, reused)| (step, name, number, reused)));
    }
    let PoolCounts { connects, reuses, discards, waits, idle, lent } = pool.counts();
    Ok(PoolScene { events, connects, reuses, discards, waits, idle, lent })
}

/// Numbers its connections, and may hang up on all that it has.
#[derive(Default)]
struct Upstream {
    dialled: Cell<usize>,
    /// Connections below this number are dead.
    alive_from: Cell<usize>,
}

struct Connection<'a> {
    number: usize,
    noisy: Cell<bool>,
    upstream: &'a Upstream,
}

impl Pooled for Connection<'_> {
    fn is_quiet(&self, _: Look) -> bool {
        !self.noisy.get() && self.number >= self.upstream.alive_from.get()
    }
}

type Asking<'a> = Pin<Box<dyn Future<Output = Result<Lent<'a, Connection<'a>>, Infallible>> + 'a>>;

struct Scene<'a> {
    upstream: &'a Upstream,
    pool: &'a Pool<Connection<'a>>,
    /// Requests without a connection yet, and whether they were told so.
    waiting: Vec<(String, Asking<'a>, bool)>,
    lent: BTreeMap<String, Lent<'a, Connection<'a>>>,
    now_ms: u64,
}

impl<'a> Scene<'a> {
    fn play(&mut self, verb: &str, request: String) -> PyResult<()> {
        match verb {
            "at" => self.now_ms = request.parse()?,
            "hang up" => self.upstream.alive_from.set(self.upstream.dialled.get()),
            "lend" => {
                let asking = Box::pin(ask(self.pool, self.upstream, self.now_ms));
                self.waiting.push((request, asking, false));
            }
            "back" | "drop" => {
                // Who has none yet goes away instead.
                self.waiting.retain(|(name, ..)| *name != request);
                if let Some(lent) = self.lent.remove(&request).filter(|_| verb == "back") {
                    lent.give_back(self.now_ms);
                }
            }
            "half read" => {
                if let Some(lent) = self.lent.get(&request) {
                    lent.noisy.set(true);
                }
            }
            _ => return Err(PyValueError::new_err(format!("no step is called {verb:?}"))),
        }
        Ok(())
    }

    /// Polls all who wait, in the order of coming; tells who got what, and who waits from now on.
    fn news(&mut self) -> Vec<(String, Option<usize>, bool)> {
        let mut news = Vec::new();
        for (name, mut asking, told) in std::mem::take(&mut self.waiting) {
            match asking.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
                Poll::Ready(Ok(lent)) => {
                    news.push((name.clone(), Some(lent.number), lent.reused()));
                    self.lent.insert(name, lent);
                }
                Poll::Pending => {
                    if !told {
                        news.push((name.clone(), None, false));
                    }
                    self.waiting.push((name, asking, true));
                }
            }
        }
        news
    }
}

async fn ask<'a>(
    pool: &'a Pool<Connection<'a>>,
    upstream: &'a Upstream,
    now_ms: u64,
) -> Result<Lent<'a, Connection<'a>>, Infallible> {
    pool.lend(now_ms, Look::Quick, async || {
        let number = upstream.dialled.replace(upstream.dialled.get() + 1);
        Ok(Connection { number, noisy: Cell::new(false), upstream })
    })
    .await
}
