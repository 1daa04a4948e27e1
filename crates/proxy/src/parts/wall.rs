//! The wall around the parts: a panic inside becomes a value outside, and a call that never ends is noticed.
//!
//! Owns the count of panics, and a watchman. Leaves out which part is called (see `parts`).

use std::any::Any;
use std::fmt;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::task::Poll;
use std::thread;
use std::time::{Duration, Instant};

/// A part, as far as the wall is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Request,
    Headers,
    Logline,
    Connection,
    Rules,
    Pipeline,
    Balancer,
    Cache,
    Analytics,
    Pool,
    Drain,
    Migration,
}

impl Part {
    const ALL: [Self; 12] = [
        Self::Request,
        Self::Headers,
        Self::Logline,
        Self::Connection,
        Self::Rules,
        Self::Pipeline,
        Self::Balancer,
        Self::Cache,
        Self::Analytics,
        Self::Pool,
        Self::Drain,
        Self::Migration,
    ];
}

impl fmt::Display for Part {
    /// The part's name, as the course spells it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Request => "request",
            Self::Headers => "headers",
            Self::Logline => "logline",
            Self::Connection => "connection",
            Self::Rules => "rules",
            Self::Pipeline => "pipeline",
            Self::Balancer => "balancer",
            Self::Cache => "cache",
            Self::Analytics => "analytics",
            Self::Pool => "pool",
            Self::Drain => "drain",
            Self::Migration => "migration",
        })
    }
}

/// A part panicked. The request that it worked on is lost, nothing else is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Panicked {
    /// Which one.
    pub(crate) part: Part,
    /// What the part said.
    pub(crate) message: String,
}

impl fmt::Display for Panicked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "part `{}` panicked: {}", self.part, self.message)
    }
}

/// Runs `call`, and turns a panic in it into a value.
///
/// `AssertUnwindSafe` holds because whatever a part works on is moved into the call or only read by it, and a
/// head that is half written when a panic comes is thrown away by its writer.
pub(super) fn guard<T>(part: Part, call: impl FnOnce() -> T) -> Result<T, Panicked> {
    let around = POST.with(|post| post.enter(part as u8 + 1));
    let result = catch_unwind(AssertUnwindSafe(call));
    POST.with(|post| post.enter(around));
    result.map_err(|payload| {
        PANICS.fetch_add(1, Relaxed);
        Panicked { part, message: message(payload.as_ref()) }
    })
}

/// The same for a call that waits: every step of it is inside the wall.
pub(super) async fn guard_async<T>(part: Part, call: impl Future<Output = T>) -> Result<T, Panicked> {
    let mut call = pin!(call);
    poll_fn(|context| match guard(part, || call.as_mut().poll(context)) {
        Ok(poll) => poll.map(Ok),
        // A future that has panicked is not polled again: this is the end of it.
        Err(panic) => Poll::Ready(Err(panic)),
    })
    .await
}

/// Panics that were caught so far, of all parts and all servers in this process.
static PANICS: AtomicU64 = AtomicU64::new(0);

/// How many panics of parts were caught since this process began.
pub(crate) fn panics() -> u64 {
    PANICS.load(Relaxed)
}

/// What one thread is doing inside the wall. Only that thread writes here, and the watchman reads.
#[derive(Debug, Default)]
struct Post {
    /// 0 outside, otherwise the place of the part in [`Part::ALL`], counted from 1.
    part: AtomicU8,
    /// Grows with each step into the wall, or out of it.
    steps: AtomicU64,
}

thread_local! {
    static POST: Arc<Post> = {
        let post = Arc::new(Post::default());
        POSTS.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::downgrade(&post));
        post
    };
}

/// The posts of all threads. Locked when a thread makes its first call, and by the watchman.
static POSTS: Mutex<Vec<Weak<Post>>> = Mutex::new(Vec::new());

impl Post {
    /// Notes a step, and gives back where the thread was before it: parts may be called inside of one another.
    fn enter(&self, part: u8) -> u8 {
        let before = self.part.load(Relaxed);
        self.part.store(part, Relaxed);
        // Nobody else writes, so this needs no read-modify-write.
        self.steps.store(self.steps.load(Relaxed).wrapping_add(1), Relaxed);
        before
    }

    /// The part that the thread is in, and the number of its step.
    fn look(&self) -> Option<(Part, u64)> {
        let part = Part::ALL.get(usize::from(self.part.load(Relaxed)).checked_sub(1)?)?;
        Some((*part, self.steps.load(Relaxed)))
    }
}

/// Calls `stuck` with the name of a part that computes for longer than `limit` without a pause, which holds a thread of
/// the proxy for as long. Nothing can take the thread back, so `stuck` is called once, and what follows is its affair.
pub fn watch_parts(limit: Duration, stuck: impl FnOnce(String) + Send + 'static) {
    thread::spawn(move || {
        let mut seen: Vec<(Weak<Post>, u64, Instant)> = Vec::new();
        loop {
            // A look now and then is enough, and a process that stands still as a whole sees no time pass in here.
            thread::sleep((limit / 4).min(Duration::from_secs(1)));
            let posts: Vec<_> = {
                let mut posts = POSTS.lock().unwrap_or_else(PoisonError::into_inner);
                posts.retain(|post| post.strong_count() > 0);
                posts.clone()
            };
            let mut now = Vec::new();
            for post in posts {
                let Some((part, step)) = post.upgrade().and_then(|post| post.look()) else { continue };
                let same = |(before, at, _): &&(Weak<Post>, u64, Instant)| before.ptr_eq(&post) && *at == step;
                let since = seen.iter().find(same).map_or_else(Instant::now, |(_, _, since)| *since);
                if since.elapsed() >= limit {
                    return stuck(part.to_string());
                }
                now.push((post, step, since));
            }
            seen = now;
        }
    });
}

fn message(payload: &(dyn Any + Send)) -> String {
    if let Some(text) = payload.downcast_ref::<&str>() {
        (*text).to_owned()
    } else if let Some(text) = payload.downcast_ref::<String>() {
        text.clone()
    } else {
        "the panic carried no message".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    #[test]
    fn a_part_that_works_is_not_disturbed() {
        assert_eq!(guard(Part::Request, || 6 * 7), Ok(42));
    }

    #[test]
    fn a_todo_becomes_a_sentence_that_names_the_part() {
        let got = guard(Part::Request, || -> u8 { todo!("cut the buffer") }).map_err(|panic| panic.to_string());
        assert_eq!(got, Err("part `request` panicked: not yet implemented: cut the buffer".to_owned()));
    }

    #[test]
    fn a_panic_with_a_plain_text_keeps_it() {
        let got = guard(Part::Request, || -> u8 { panic!("no more") }).map_err(|panic| panic.message);
        assert_eq!(got, Err("no more".to_owned()));
    }

    #[test]
    fn a_panic_with_another_value_still_becomes_an_error() {
        let got = guard(Part::Request, || -> u8 { std::panic::panic_any(7_u8) }).map_err(|panic| panic.message);
        assert_eq!(got, Err("the panic carried no message".to_owned()));
    }

    #[test]
    fn the_next_call_works_after_a_panic() {
        let _ = guard(Part::Request, || -> u8 { panic!("once") });
        assert_eq!(guard(Part::Request, || 1), Ok(1));
    }

    #[test]
    fn each_part_has_its_place_and_its_name() {
        for (at, part) in Part::ALL.into_iter().enumerate() {
            assert_eq!(part as usize, at, "{part}");
        }
    }

    #[test]
    fn a_part_that_never_comes_back_is_told_by_its_name() {
        let (tell, told) = mpsc::channel();
        let (end, ended) = mpsc::channel::<()>();
        // It waits inside the wall until we have heard of it.
        let held = thread::spawn(move || guard(Part::Cache, || guard(Part::Pool, || ended.recv().ok())));
        watch_parts(Duration::from_millis(40), move |part| tell.send(part).expect("the test waits"));
        assert_eq!(told.recv_timeout(Duration::from_secs(10)), Ok("pool".to_owned()), "the innermost one");
        drop(end);
        assert_eq!(held.join().expect("it ends"), Ok(Ok(None)));
    }
}
