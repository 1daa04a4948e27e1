//! The record of what threads do, and the search for a circle of threads that wait for each other.
//!
//! Owns the order of the events: they are told under one lock, so that the record is one story. A lock counts as
//! held before anybody can see that it is, and as free before anybody can take it, so that a circle that is found
//! is a circle.

use std::cell::Cell;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::Write as _;
use std::panic::Location;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// The environment variable that names the file for the record. Without it, nothing is recorded.
pub(crate) const FILE: &str = "PROXYLINGS_TRACE";
/// With this code a program ends that has come into a deadlock.
pub(crate) const DEADLOCK: i32 = 86;
/// A record of more events than this helps nobody, and a loop that never ends would fill a disk.
const MOST: usize = 20_000;

/// What an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Subject {
    Lock(u32),
    Thread(u32),
    Channel(u32),
}

/// How a lock is taken. Threads that share it are not in each other's way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Alone,
    Shared,
}

impl Subject {
    fn word(self) -> String {
        match self {
            Subject::Lock(number) => format!("lock {number}"),
            Subject::Thread(number) => format!("thread {number}"),
            Subject::Channel(number) => format!("channel {number}"),
        }
    }
}

struct Trace {
    file: Option<File>,
    begun: Instant,
    told: usize,
    subjects: u32,
    threads: Vec<String>,
    names: HashMap<Subject, String>,
    /// Who holds a lock: one thread, or several that share it.
    holders: HashMap<Subject, Vec<(u32, Mode)>>,
    /// What each thread that waits is waiting for.
    waits: HashMap<u32, (Subject, Mode)>,
}

static TRACE: LazyLock<Mutex<Trace>> = LazyLock::new(|| {
    Mutex::new(Trace {
        file: std::env::var_os(FILE).and_then(|path| File::create(path).ok()),
        begun: Instant::now(),
        told: 0,
        subjects: 0,
        threads: Vec::new(),
        names: HashMap::new(),
        holders: HashMap::new(),
        waits: HashMap::new(),
    })
});

thread_local! {
    static ME: Cell<Option<u32>> = const { Cell::new(None) };
}

fn trace() -> MutexGuard<'static, Trace> {
    TRACE.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Trace {
    /// The number of the thread that runs; one that nobody has announced gets its number now.
    fn me(&mut self) -> u32 {
        ME.get().unwrap_or_else(|| {
            let name = std::thread::current().name().map(str::to_owned);
            let number = self.thread(name.as_deref());
            ME.set(Some(number));
            self.tell(number, "begins", None, 0, "");
            number
        })
    }

    fn thread(&mut self, name: Option<&str>) -> u32 {
        let number = u32::try_from(self.threads.len()).unwrap_or(u32::MAX);
        let name = name.map_or_else(|| format!("thread {number}"), str::to_owned);
        self.names.insert(Subject::Thread(number), name.clone());
        self.threads.push(name);
        number
    }

    /// One line: microseconds, thread, its name, what it does, to what, its name, the line of the program, and more.
    fn tell(&mut self, thread: u32, what: &str, subject: Option<Subject>, line: u32, more: &str) {
        self.told += 1;
        let Some(file) = &mut self.file else { return };
        if self.told > MOST {
            return;
        }
        let name = self.threads.get(thread as usize).map_or("", String::as_str);
        let about = subject.map_or_else(String::new, Subject::word);
        let called = subject.and_then(|subject| self.names.get(&subject)).map_or("", String::as_str);
        let at = self.begun.elapsed().as_micros();
        // A record that can't be written is no reason to stop the program.
        let _ = writeln!(file, "{at}\t{thread}\t{name}\t{what}\t{about}\t{called}\t{line}\t{more}");
    }

    /// The threads of a circle of which `me` is one: each waits for what the next one holds, or for its end.
    fn circle(&self, me: u32, (subject, mode): (Subject, Mode), path: &mut Vec<(u32, Subject)>) -> bool {
        let in_the_way: Vec<u32> = match subject {
            Subject::Thread(number) => vec![number],
            Subject::Lock(_) => {
                let holders = self.holders.get(&subject).map_or(&[][..], Vec::as_slice);
                let stops = |&&(_, held): &&(u32, Mode)| mode == Mode::Alone || held == Mode::Alone;
                holders.iter().filter(stops).map(|&(holder, _)| holder).collect()
            }
            // Whoever may send next is not known.
            Subject::Channel(_) => Vec::new(),
        };
        for holder in in_the_way {
            if holder == me {
                return true;
            }
            let Some(&next) = self.waits.get(&holder) else { continue };
            if path.iter().any(|&(thread, _)| thread == holder) {
                continue;
            }
            path.push((holder, next.0));
            if self.circle(me, next, path) {
                return true;
            }
            path.pop();
        }
        false
    }
}

/// A new lock or channel; `name` is what the picture calls it.
pub(crate) fn subject(make: impl FnOnce(u32) -> Subject, name: String) -> Subject {
    let mut trace = trace();
    trace.subjects += 1;
    let subject = make(trace.subjects);
    trace.names.insert(subject, name);
    subject
}

/// This thread starts another one, which gets a number.
pub(crate) fn starts(name: Option<&str>, place: &Location<'_>) -> u32 {
    let mut trace = trace();
    let me = trace.me();
    let number = trace.thread(name);
    trace.tell(me, "starts", Some(Subject::Thread(number)), place.line(), "");
    number
}

/// Tells the end of a thread when it goes, however it goes.
pub(crate) struct UntilTheEnd(u32);

impl Drop for UntilTheEnd {
    fn drop(&mut self) {
        let how = if std::thread::panicking() { "panic" } else { "" };
        trace().tell(self.0, "ends", None, 0, how);
    }
}

/// The thread that runs is the one with this number.
pub(crate) fn begin(number: u32) -> UntilTheEnd {
    ME.set(Some(number));
    trace().tell(number, "begins", None, 0, "");
    UntilTheEnd(number)
}

/// This thread is about to wait. If that can never end, the program ends here.
pub(crate) fn wants(subject: Subject, mode: Mode, place: &Location<'_>) {
    let mut trace = trace();
    let me = trace.me();
    trace.tell(me, "wants", Some(subject), place.line(), "");
    let mut path = vec![(me, subject)];
    let closed = trace.circle(me, (subject, mode), &mut path);
    trace.waits.insert(me, (subject, mode));
    if closed {
        deadlock(&mut trace, &path, place);
    }
}

fn deadlock(trace: &mut Trace, path: &[(u32, Subject)], place: &Location<'_>) -> ! {
    let mut story = String::new();
    for (at, &(thread, subject)) in path.iter().enumerate() {
        let name = |subject| trace.names.get(&subject).map_or("?", String::as_str);
        let thread = name(Subject::Thread(thread));
        let end = if at + 1 == path.len() { "" } else { "; " };
        let what = if matches!(subject, Subject::Thread(_)) { "the end of " } else { "" };
        let _ = write!(story, "`{thread}` waits for {what}`{}`{end}", name(subject));
    }
    trace.tell(path[0].0, "deadlock", Some(path[0].1), place.line(), &story);
    eprintln!("deadlock: {story}");
    std::process::exit(DEADLOCK);
}

/// This thread has the lock.
pub(crate) fn has(subject: Subject, mode: Mode, place: &Location<'_>, how: &str) {
    let mut trace = trace();
    let me = trace.me();
    trace.waits.remove(&me);
    trace.holders.entry(subject).or_default().push((me, mode));
    trace.tell(me, "has", Some(subject), place.line(), how);
}

/// This thread is about to let the lock go.
pub(crate) fn frees(subject: Subject) {
    let mut trace = trace();
    let me = trace.me();
    if let Some(holders) = trace.holders.get_mut(&subject) {
        // A guard can be dropped by another thread than the one that locked only if it was sent there.
        let at = holders.iter().position(|&(holder, _)| holder == me).unwrap_or(0);
        if at < holders.len() {
            holders.swap_remove(at);
        }
    }
    trace.tell(me, "frees", Some(subject), 0, "");
}

/// The thread that this one waited for has ended.
pub(crate) fn joined(number: u32, place: &Location<'_>) {
    let mut trace = trace();
    let me = trace.me();
    trace.waits.remove(&me);
    trace.tell(me, "joined", Some(Subject::Thread(number)), place.line(), "");
}

/// Something with a message or a channel that waits for nobody, or no more.
pub(crate) fn message(what: &str, subject: Subject, line: u32, more: &str) {
    let mut trace = trace();
    let me = trace.me();
    trace.waits.remove(&me);
    trace.tell(me, what, Some(subject), line, more);
}
