//! What every shim needs: read cases, call, tell what came back.
//!
//! Owns the form of cases and records. A case comes on standard input: its number (u32), the name of the call (u8
//! length, text), the arguments (u32 length, bytes). A record goes to descriptor 3: the number (u32), what it is (one
//! byte, `v` a value or `p` a panic), and a text (u32 length, bytes). All integers are little-endian.
//!
//! Knows no exercise and no expected value, so nothing in here is a secret. Each record is written at once: a case that
//! ends the process costs itself and those that follow, never those before it.

mod overtake;

use std::alloc::{GlobalAlloc, Layout, System};
use std::collections::BTreeMap;
use std::fs::File;
use std::future::poll_fn;
use std::io::{Read, Write};
use std::os::fd::FromRawFd;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind, set_hook};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::Duration;

pub use overtake::overtake;

/// What the last panic said, wherever it happened.
static SAID: Mutex<String> = Mutex::new(String::new());

/// The arguments of one case, read in the order in which the case maker declares them.
///
/// The grader writes them, so a case that ends too early is a mistake in a case maker, and panics.
pub struct Input<'a> {
    left: &'a [u8],
}

impl<'a> Input<'a> {
    /// An input made of `bytes`.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { left: bytes }
    }

    /// An `int`.
    pub fn number(&mut self) -> i64 {
        i64::from_le_bytes(self.cut(8).try_into().expect("eight bytes were cut"))
    }

    /// An `int` that is never negative, and may need all 64 bits.
    pub fn wide(&mut self) -> u64 {
        u64::from_le_bytes(self.cut(8).try_into().expect("eight bytes were cut"))
    }

    /// An `int` that counts something here in memory.
    pub fn size(&mut self) -> usize {
        usize::try_from(self.number()).expect("the case maker gives a size")
    }

    /// A `bool`.
    pub fn flag(&mut self) -> bool {
        self.cut(1) == [1]
    }

    /// A `bytes`.
    pub fn bytes(&mut self) -> Vec<u8> {
        let length = self.length();
        self.cut(length).to_vec()
    }

    /// A `str`.
    pub fn text(&mut self) -> String {
        String::from_utf8(self.bytes()).expect("the grader writes UTF-8")
    }

    /// A `list`, each item read by `one`.
    pub fn list<T>(&mut self, mut one: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.length()).map(|_| one(self)).collect()
    }

    /// A value that may be `None`, read by `one`.
    pub fn option<T>(&mut self, one: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.flag().then(|| one(self))
    }

    fn length(&mut self) -> usize {
        u32::from_le_bytes(self.cut(4).try_into().expect("four bytes were cut")) as usize
    }

    fn cut(&mut self, length: usize) -> &'a [u8] {
        let (front, left) = self.left.split_at(length);
        self.left = left;
        front
    }
}

/// Answers every case that comes on standard input; `answer` gets the name of the call and its arguments.
///
/// A panic is an answer, too. What it says is sent along for the learner, and not compared.
pub fn answer_all(answer: fn(&str, &mut Input<'_>) -> String) {
    // SAFETY: the grader opened descriptor 3 for this program, and this is the only place that takes it.
    let mut records = unsafe { File::from_raw_fd(3) };
    let mut cases = Vec::new();
    std::io::stdin().read_to_end(&mut cases).expect("the grader sends the cases");
    set_hook(Box::new(|info| *SAID.lock().unwrap_or_else(|broken| broken.into_inner()) = info.to_string()));
    let mut left = Input::new(&cases);
    while !left.left.is_empty() {
        let number = left.cut(4).to_vec();
        let length = left.cut(1)[0] as usize;
        let call = String::from_utf8(left.cut(length).to_vec()).expect("the grader writes UTF-8");
        let arguments = left.bytes();
        let answered = catch_unwind(AssertUnwindSafe(|| answer(&call, &mut Input::new(&arguments))));
        let (kind, text) = match answered {
            Ok(text) => (b'v', text),
            Err(payload) => {
                std::mem::forget(payload); // dropping it would be the learner's code again
                (b'p', std::mem::take(&mut *SAID.lock().unwrap_or_else(|broken| broken.into_inner())))
            }
        };
        let size = u32::try_from(text.len()).expect("a record is short").to_le_bytes();
        let record = [number.as_slice(), &[kind], &size, text.as_bytes()].concat();
        records.write_all(&record).expect("the grader reads the records");
    }
}

/// Calls `work`, and tells how large the largest piece of memory was that it asked for, in bytes; 0 for none.
///
/// Whoever copies a buffer asks for as many bytes as it holds. That shows a copy that is freed again, which
/// addresses do not. Meant for one thread at a time.
pub fn largest_allocation<T>(work: impl FnOnce() -> T) -> (usize, T) {
    LARGEST.store(0, Ordering::Relaxed);
    let value = work();
    (LARGEST.load(Ordering::Relaxed), value)
}

/// The largest allocation since [`largest_allocation`] began.
static LARGEST: AtomicUsize = AtomicUsize::new(0);

/// The system's allocator, watched.
struct Watched;

#[global_allocator]
static WATCHED: Watched = Watched;

// SAFETY: every call goes to the system's allocator as it came.
unsafe impl GlobalAlloc for Watched {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LARGEST.fetch_max(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller keeps the same promises.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps the same promises.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        LARGEST.fetch_max(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller keeps the same promises.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        LARGEST.fetch_max(size, Ordering::Relaxed);
        // SAFETY: the caller keeps the same promises.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

/// Futures by name. One is polled when it was woken, and only then, so a schedule decides what happens next.
pub struct Tasks<T>(BTreeMap<String, Task<T>>);

struct Task<T> {
    future: Pin<Box<dyn Future<Output = T>>>,
    woken: Arc<Woken>,
}

struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::SeqCst);
    }
}

impl<T> Default for Tasks<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T> Tasks<T> {
    /// How often futures may wake themselves or one another in one run: a few steps of a schedule need a few polls.
    const MOST: usize = 200;

    /// Takes a future, which [`Tasks::run`] polls first without having been woken. One of the same name is dropped.
    pub fn begin(&mut self, name: &str, future: impl Future<Output = T> + 'static) {
        let woken = Arc::new(Woken(AtomicBool::new(true)));
        self.0.insert(name.to_owned(), Task { future: Box::pin(future), woken });
    }

    /// Drops a future, which is what happens to a task that is cancelled; says whether there was one.
    pub fn cancel(&mut self, name: &str) -> bool {
        self.0.remove(name).is_some()
    }

    /// Polls what was woken until nothing is, in the order of names, and gives what came to its end.
    ///
    /// # Panics
    /// When somebody wakes itself again and again: that keeps a processor busy.
    pub fn run(&mut self) -> Vec<(String, T)> {
        let mut ended = Vec::new();
        for _ in 0..Self::MOST {
            let woken = self.0.iter_mut().find(|(_, task)| task.woken.0.swap(false, Ordering::SeqCst));
            let Some((name, task)) = woken else { return ended };
            let (name, waker) = (name.clone(), Waker::from(task.woken.clone()));
            if let Poll::Ready(value) = task.future.as_mut().poll(&mut Context::from_waker(&waker)) {
                self.0.remove(&name);
                ended.push((name, value));
            }
        }
        panic!("a future wakes itself again and again, so it never waits");
    }
}

/// A moment that a schedule decides: whoever awaits it goes on when somebody lets it come.
#[derive(Clone, Default)]
pub struct Moment(Arc<Mutex<(bool, Vec<Waker>)>>);

impl Moment {
    /// Lets it come, and wakes who waits for it.
    pub fn comes(&self) {
        let wakers = {
            let mut state = self.0.lock().expect("nobody panics under this lock");
            state.0 = true;
            std::mem::take(&mut state.1)
        };
        wakers.into_iter().for_each(Waker::wake);
    }

    /// Ends when the moment comes, at once if it has come.
    pub fn reached(&self) -> impl Future<Output = ()> + Send + use<> {
        let state = self.0.clone();
        poll_fn(move |context| {
            let mut state = state.lock().expect("nobody panics under this lock");
            if state.0 {
                return Poll::Ready(());
            }
            state.1.push(context.waker().clone());
            Poll::Pending
        })
    }
}

/// What `work` gives on a thread of its own, for a call that must not wait: for a lock that is held, say.
///
/// Without an answer in time the process ends: the thread can't be ended, and would spin or wait through all cases
/// that follow. The grader starts the program again behind this case.
///
/// # Panics
/// When `work` does.
pub fn at_once<T: Send + 'static>(what: &str, work: impl FnOnce() -> T + Send + 'static) -> T {
    const PATIENCE: Duration = Duration::from_millis(1500);
    let (give, take) = mpsc::channel();
    let worker = thread::spawn(move || {
        let value = work();
        // The other side is gone only when the time is up.
        let _ = give.send(());
        value
    });
    if take.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
        eprintln!("{what} gives no answer: does a lock wait for itself, or a loop for nobody?");
        std::process::exit(NO_ANSWER);
    }
    worker.join().unwrap_or_else(|panic| resume_unwind(panic))
}

/// The exit code that tells the grader of a call without an answer (EX_TEMPFAIL of sysexits.h).
const NO_ANSWER: i32 = 75;

/// Bytes as a text that can be read: `GET / HTTP/1.1\r\n`.
pub fn shown(bytes: &[u8]) -> String {
    bytes.escape_ascii().to_string()
}

/// A list of texts in one text; each stands in quotes, so that no separator can be part of one.
pub fn listed(texts: impl IntoIterator<Item = String>) -> String {
    let quoted: Vec<String> = texts.into_iter().map(|text| format!("{text:?}")).collect();
    format!("[{}]", quoted.join(", "))
}
