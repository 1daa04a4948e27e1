//! Part 09 before the oracle: logs of four numbers a line, divided, counted, merged, and counted by two threads.

use std::cell::RefCell;
use std::collections::HashSet;
use std::net::IpAddr;
use std::sync::{Condvar, Mutex};
use std::thread::{self, ThreadId};
use std::time::Duration;

use oracle_support::{Input, answer_all, listed, shown};
use part_analytics::Tally;
use wire::analytics::{Report, Row};

const ALL: usize = usize::MAX;
/// How long one thread waits for another one inside the reader; a whole log is read in a fraction of it.
const PATIENCE: Duration = Duration::from_secs(3);

fn main() {
    answer_all(answer);
}

type Read = fn(&[u8]) -> Option<Row>;

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let pieces: for<'a> fn(&'a [u8], usize) -> Vec<&'a [u8]> = part_analytics::pieces;
    let merge: fn(Tally, Tally) -> Tally = Tally::merge;
    let analyse: fn(&[u8], Read, usize) -> Report = part_analytics::analyse;
    match call {
        "Pieces" => {
            let (log, size) = (input.bytes(), input.wide());
            let found = pieces(&log, usize::try_from(size).unwrap_or(ALL));
            let mut next = log.as_ptr();
            let lent = found.iter().all(|piece| {
                let follows = piece.as_ptr() == next;
                next = piece.as_ptr_range().end;
                follows
            });
            format!("{}, all of the log, and lent: {}", listed(found.iter().map(|piece| shown(piece))), lent)
        }
        "Count" => {
            let (before, piece) = (tally(input), input.bytes());
            let asked = RefCell::new(Vec::new());
            let reader = |line: &[u8]| {
                asked.borrow_mut().push(shown(line));
                read(line)
            };
            let tally: Tally = part_analytics::count(before, &piece, reader);
            format!("{:?}, asked: {}", tally.report(ALL), listed(asked.take()))
        }
        "Merge" => {
            let tallies = input.list(tally);
            let whole = tallies.into_iter().reduce(merge).unwrap_or_default();
            format!("{:?}", whole.report(input.size()))
        }
        "Analyse" => {
            let log = input.bytes();
            format!("{:?}", analyse(&log, read, input.size()))
        }
        "Threads" => threads(&input.bytes()),
        other => unreachable!("the case maker has no call {other}"),
    }
}

/// Whether two threads are inside the reader at the same time: each waits until the other one is there, too.
fn threads(log: &[u8]) -> String {
    let inside: Mutex<HashSet<ThreadId>> = Mutex::new(HashSet::new());
    let arrived = Condvar::new();
    let reader = |line: &[u8]| {
        let mut seen = inside.lock().expect("no holder panics");
        if seen.insert(thread::current().id()) && seen.len() == 1 {
            drop(arrived.wait_timeout_while(seen, PATIENCE, |seen| seen.len() < 2).expect("no holder panics"));
        } else {
            drop(seen);
            arrived.notify_all();
        }
        read(line)
    };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().expect("two threads can be started");
    let report = pool.install(|| part_analytics::analyse(log, reader, 1));
    format!("{} threads read {} lines", inside.lock().expect("no holder panics").len(), report.requests)
}

/// Reads a line of four numbers: client, status, bytes, microseconds. Anything else is no row.
fn read(line: &[u8]) -> Option<Row> {
    let mut words = std::str::from_utf8(line).ok()?.split(' ');
    let mut next = || words.next()?.parse::<u64>().ok();
    let (client, status, body_bytes, took_us) = (next()?, next()?, next()?, next()?);
    let client = IpAddr::from([10, 0, 0, u8::try_from(client).ok()?]);
    Some(Row { client, status: u16::try_from(status).ok()?, body_bytes, took_us })
}

/// A tally of some lines, made without the learner's `count`.
fn tally(input: &mut Input<'_>) -> Tally {
    let mut tally = Tally::default();
    input.list(Input::bytes).iter().for_each(|line| tally.add(read(line)));
    tally
}
