//! A call that is stopped in its middle, while another thread makes a whole call.
//!
//! Whoever looks first and changes later goes wrong only if somebody else comes in between. Threads that merely run at
//! the same time meet there by chance, and on one core hardly ever. Here a timer's signal stops the first thread wherever
//! it is, and lets it go on when the other thread has made its call.
//!
//! Nothing waits for ever: if the other thread needs a lock that the stopped one holds, the stopped one goes on.

use std::cell::Cell;
use std::ffi::c_void;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::ptr::null_mut;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::SeqCst};
use std::thread;
use std::time::{Duration, Instant};

/// A fault that a fifth of the stops would find is missed once in 10^14 times.
const OFTEN_ENOUGH: u32 = 150;
/// Where locks are held, or the machine is busy, fewer have to do.
const TRIES: u32 = 300;
const LONGEST: Duration = Duration::from_millis(700);
/// How long the first thread stands still, and how often it looks whether it may go on.
const PATIENCE: u32 = 30;
const MOMENT: Duration = Duration::from_micros(20);

/// Whether the signal is to come again, and whether the first thread is inside its call.
static RINGING: AtomicBool = AtomicBool::new(false);
static INSIDE: AtomicBool = AtomicBool::new(false);
/// Calls that the other thread was asked for, and those that it has made.
static ASKED: AtomicU32 = AtomicU32::new(0);
static MADE: AtomicU32 = AtomicU32::new(0);
/// How many of them were made while the first thread stood still.
static BETWEEN: AtomicU32 = AtomicU32::new(0);

thread_local! {
    /// Whether this is the first thread: the signal may come to any.
    static FIRST: Cell<bool> = const { Cell::new(false) };
}

/// Makes the call `first` over and over; every now and then, in the middle of it, another thread makes the call `other`.
///
/// A panic of either is handed on. Not for two at a time.
pub fn overtake(mut first: impl FnMut(), mut other: impl FnMut() + Send) {
    // Once alone: what is still to do says so here.
    first();
    [&ASKED, &MADE, &BETWEEN].into_iter().for_each(|number| number.store(0, SeqCst));
    let ended = AtomicBool::new(false);
    thread::scope(|scope| {
        let worker = scope.spawn(|| {
            while !ended.load(SeqCst) {
                if MADE.load(SeqCst) == ASKED.load(SeqCst) {
                    thread::sleep(MOMENT);
                    continue;
                }
                other();
                MADE.fetch_add(1, SeqCst);
            }
        });
        FIRST.set(true);
        RINGING.store(true, SeqCst);
        ring_in(1);
        let start = Instant::now();
        let came = catch_unwind(AssertUnwindSafe(|| {
            let enough = || BETWEEN.load(SeqCst) >= OFTEN_ENOUGH || ASKED.load(SeqCst) >= TRIES;
            while !enough() && start.elapsed() < LONGEST && !worker.is_finished() {
                INSIDE.store(true, SeqCst);
                first();
                INSIDE.store(false, SeqCst);
            }
        }));
        INSIDE.store(false, SeqCst);
        RINGING.store(false, SeqCst);
        FIRST.set(false);
        ring_in(0);
        ended.store(true, SeqCst);
        let made = worker.join();
        came.and(made).unwrap_or_else(|panic| resume_unwind(panic));
    });
}

/// Has the signal come once, in so many microseconds; with 0, never.
fn ring_in(microseconds: i64) {
    const SIGALRM: i32 = 14;
    const ITIMER_REAL: i32 = 0;
    /// Seconds and microseconds: how often again, and when first.
    type Timer = [[i64; 2]; 2];
    unsafe extern "C" {
        fn signal(number: i32, handler: extern "C" fn(i32)) -> usize;
        fn setitimer(which: i32, new: *const Timer, old: *mut c_void) -> i32;
    }
    // SAFETY: the handler uses atomics and sleeps, which may happen in any place; the timer is a value of the right form.
    unsafe {
        signal(SIGALRM, stop);
        setitimer(ITIMER_REAL, &[[0, 0], [0, microseconds]], null_mut());
    }
}

/// Stands still until the other thread has made one call more. Called in the middle of anything.
extern "C" fn stop(_signal: i32) {
    // A call that was asked for, and is not made yet, waits for a lock, or for its turn on the processor.
    let asked = ASKED.load(SeqCst);
    if FIRST.get() && INSIDE.load(SeqCst) && MADE.load(SeqCst) == asked {
        ASKED.store(asked + 1, SeqCst);
        for _ in 0..PATIENCE {
            thread::sleep(MOMENT);
            if MADE.load(SeqCst) > asked {
                BETWEEN.fetch_add(1, SeqCst);
                break;
            }
        }
    }
    if RINGING.load(SeqCst) {
        // Never at a regular distance, or it could always be the same place.
        ring_in(i64::from(30 + asked % 37));
    }
}
