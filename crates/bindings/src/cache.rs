//! Part `cache` for Python: the rules for one answer, and a scene of many clients who ask for a few pages.
//!
//! The scene runs in threads of its own with the GIL released; its upstream is a timer.

use part_cache::{Cache, Lookup};
use pyo3::prelude::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::Barrier;
use wire::cache::{Answer, Asked, CacheCounts, CacheLimits, Times, Uri, Waited, lifetime_s, storable};
use wire::{FieldLines, ParseError};

use crate::error::parse_error;

type Given = Vec<[Vec<u8>; 2]>;

/// What came of a scene.
#[pyclass(frozen, get_all, module = "proxylings._native")]
pub(crate) struct CacheScene {
    fetches: u64,
    hits: u64,
    waits: u64,
    entries: u64,
    bytes: u64,
    latencies_us: Vec<u64>,
}

/// For how many seconds an answer with this status and these fields is fresh, and why it is not kept (or None).
#[pyfunction]
pub(crate) fn cache_freshness(status: u16, fields: Given, now_unix_s: u64) -> PyResult<(Option<u64>, Option<String>)> {
    let (request, response) = (FieldLines::new(), lines(&fields).map_err(parse_error)?);
    let asked = Asked { method: b"GET", uri: page(b"/"), fields: request.as_fields() };
    let answer = Answer { status, reason: b"", fields: response.as_fields() };
    let times = Times { asked_ms: 0, answered_ms: 0, answered_unix_s: now_unix_s };
    let why = storable(&asked, &answer, &times).err().map(|why| why.to_string());
    Ok((lifetime_s(response.as_fields(), now_unix_s), why))
}

/// `clients` ask at the same moment, each for one of `pages` pages; a fetch takes `fetch_ms`, and its answer says
/// `cache_control`.
#[pyfunction]
pub(crate) fn cache_scene(
    py: Python<'_>,
    clients: usize,
    pages: usize,
    fetch_ms: u64,
    cache_control: &str,
    shards: usize,
    threads: usize,
) -> PyResult<CacheScene> {
    let response = lines(&[[b"Cache-Control".to_vec(), cache_control.as_bytes().to_vec()]]).map_err(parse_error)?;
    let scene = Arc::new(Scene {
        cache: Cache::new(&CacheLimits { shards, ..CacheLimits::default() }),
        line: Barrier::new(clients),
        fetches: AtomicU64::new(0),
        fetch: Duration::from_millis(fetch_ms),
        started: Instant::now(),
        response,
    });
    let run = Arc::clone(&scene);
    let latencies_us = py.detach(move || {
        let mut threaded = tokio::runtime::Builder::new_multi_thread();
        let runtime = threaded.worker_threads(threads).enable_time().build()?;
        runtime.block_on(async {
            let client = |number| tokio::spawn(client(Arc::clone(&run), number % pages));
            let clients: Vec<_> = (0..clients).map(client).collect();
            let mut latencies_us = Vec::with_capacity(clients.len());
            for client in clients {
                match client.await {
                    Ok(latency) => latencies_us.push(latency.as_micros() as u64),
                    Err(error) => std::panic::resume_unwind(error.into_panic()),
                }
            }
            Ok::<_, std::io::Error>(latencies_us)
        })
    })?;
    let CacheCounts { hits, waits, entries, bytes, .. } = scene.cache.counts();
    Ok(CacheScene { fetches: scene.fetches.load(Ordering::SeqCst), hits, waits, entries, bytes, latencies_us })
}

/// What all clients of a scene share.
struct Scene {
    cache: Cache,
    line: Barrier,
    fetches: AtomicU64,
    fetch: Duration,
    started: Instant,
    response: FieldLines,
}

impl Scene {
    fn now_ms(&self) -> u64 {
        self.started.elapsed().as_millis() as u64
    }

    async fn fetch(&self) {
        self.fetches.fetch_add(1, Ordering::SeqCst);
        tokio::time::sleep(self.fetch).await;
    }
}

/// One client, from its question to its answer, as the proxy would serve it.
async fn client(scene: Arc<Scene>, page_number: usize) -> Duration {
    let (target, request) = (format!("/{page_number}"), FieldLines::new());
    let asked = Asked { method: b"GET", uri: page(target.as_bytes()), fields: request.as_fields() };
    scene.line.wait().await;
    let asked_at = Instant::now();
    loop {
        match scene.cache.lookup(asked, scene.now_ms()) {
            Lookup::Hit { .. } => break,
            Lookup::Miss(flight) | Lookup::Revalidate { flight, .. } => {
                let asked_ms = scene.now_ms();
                scene.fetch().await;
                let times = Times { asked_ms, answered_ms: scene.now_ms(), answered_unix_s: 0 };
                let answer = Answer { status: 200, reason: b"OK", fields: scene.response.as_fields() };
                // Why an answer is not kept makes no difference to this client: it has the answer.
                _ = flight.store(&answer, target.clone().into_bytes(), &times);
                break;
            }
            Lookup::Wait(waiting) => match waiting.wait().await {
                Waited::Hit(_) => break,
                Waited::Again => {}
                Waited::Alone => {
                    scene.fetch().await;
                    break;
                }
            },
            Lookup::Pass | Lookup::NotCached => {
                scene.fetch().await;
                break;
            }
        }
    }
    asked_at.elapsed()
}

fn page(target: &[u8]) -> Uri<'_> {
    Uri { scheme: b"http", host: b"cafe.example", target }
}

fn lines(fields: &[[Vec<u8>; 2]]) -> Result<FieldLines, ParseError> {
    let mut lines = FieldLines::new();
    fields.iter().try_for_each(|[name, value]| lines.push(name, value))?;
    Ok(lines)
}
