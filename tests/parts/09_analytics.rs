//! A log of a million lines lies in memory, and every processor is to count a part of it. Counting is easy to divide,
//! as long as nobody shares: the log is cut into pieces, each thread counts its own, and the tallies are merged.
//!
//! The steps below go from the cut to the whole. Each module is a step, the easiest case stands first, and a failure
//! prints the input, what was expected and what your code gave. A line of these logs is four numbers: the client, the
//! status, the bytes of the body and the microseconds.

use std::collections::BTreeMap;
use std::net::IpAddr;

use part_analytics::{PIECE, Tally, analyse, count, pieces};
use wire::analytics::{Report, Row};

const ALL: usize = usize::MAX;

fn show(bytes: &[u8]) -> String {
    bytes.escape_ascii().to_string()
}

fn client(number: u8) -> IpAddr {
    IpAddr::from([10, 0, 0, number])
}

/// Reads a line of four numbers; anything else is no row.
fn read(line: &[u8]) -> Option<Row> {
    let mut words = std::str::from_utf8(line).ok()?.split(' ');
    let mut next = || words.next()?.parse::<u64>().ok();
    let (number, status, body_bytes, took_us) = (next()?, next()?, next()?, next()?);
    Some(Row { client: client(number as u8), status: status as u16, body_bytes, took_us })
}

/// A tally of these lines, one after the other and without your code.
fn tally_of(lines: &[&str]) -> Tally {
    let mut tally = Tally::default();
    for line in lines {
        tally.add(read(line.as_bytes()));
    }
    tally
}

/// A log in which every kind of line comes up; every seventh line cannot be read.
fn long_log(lines: u64) -> String {
    let line = |at: u64| match at % 7 {
        3 => "broken\n".to_owned(),
        _ => format!(
            "{} {} {} {}\n",
            at % 23,
            [200, 200, 304, 404, 502][(at % 5) as usize],
            at % 5_000,
            at * at % 900_001
        ),
    };
    (0..lines).map(line).collect()
}

/// What the log says, counted by one thread and without your code.
fn serial(log: &str, top: usize) -> Report {
    tally_of(&log.lines().filter(|line| !line.is_empty()).collect::<Vec<_>>()).report(top)
}

mod step_1_pieces {
    use super::*;

    fn check(log: &str, size: usize, expected: &[&str], why: &str) {
        let got: Vec<String> = pieces(log.as_bytes(), size).into_iter().map(show).collect();
        let expected: Vec<String> = expected.iter().map(|piece| show(piece.as_bytes())).collect();
        assert!(got == expected, "{why}\ninput: {log:?}, size {size}\nexpected: {expected:?}\ngot: {got:?}");
    }

    #[test]
    fn leaves_a_short_log_whole() {
        check("GET\nPUT\n", 100, &["GET\nPUT\n"], "a log of fewer bytes than a piece is one piece");
        check("GET\nPUT\n", 8, &["GET\nPUT\n"], "a log of as many bytes as a piece is one piece");
    }

    #[test]
    fn cuts_behind_a_line_end_only() {
        check("GET\nPUT\nHEAD\n", 2, &["GET\n", "PUT\n", "HEAD\n"], "half a line could be read by nobody");
        check("GET\nPUT\nHEAD\n", 5, &["GET\nPUT\n", "HEAD\n"], "a piece goes on to the end of its line");
    }

    #[test]
    fn cuts_as_soon_as_a_piece_is_long_enough() {
        check(
            "GET\nPUT\nHEAD\n",
            4,
            &["GET\n", "PUT\n", "HEAD\n"],
            "four bytes are enough, and the fourth ends a line",
        );
        check("GET\nPUT\nHEAD\n", 8, &["GET\nPUT\n", "HEAD\n"], "eight bytes are enough, and the eighth ends a line");
    }

    #[test]
    fn keeps_a_last_line_without_a_line_end() {
        check("GET\nPUT", 4, &["GET\n", "PUT"], "no byte is lost, even when the last line is not ended yet");
        check("GET", 1, &["GET"], "a log without any line end is one piece");
    }

    #[test]
    fn gives_no_piece_of_an_empty_log() {
        check("", 4, &[], "nothing cannot be divided");
    }

    #[test]
    fn takes_any_size() {
        check("\n\nGET\n", 0, &["\n", "\n", "GET\n"], "no size at all still takes a line at a time");
        check("GET\nPUT\n", usize::MAX, &["GET\nPUT\n"], "a size larger than any log takes it whole");
    }

    #[test]
    fn lends_the_log_and_copies_nothing() {
        let log = b"GET\nPUT\nHEAD\n";
        let mut next = log.as_ptr();
        for piece in pieces(log, 4) {
            assert!(
                piece.as_ptr() == next,
                "a piece lies in the log, where the piece before it ends\ninput: {}, size 4\n\
                 expected: the address behind the piece before\ngot: another address",
                show(log)
            );
            next = piece.as_ptr_range().end;
        }
        assert!(next == log.as_ptr_range().end, "the pieces together are the log\ninput: {}, size 4", show(log));
    }
}

mod step_2_count {
    use super::*;

    fn check(piece: &str, expected: &Report, why: &str) {
        let got = count(Tally::default(), piece.as_bytes(), read).report(ALL);
        assert!(got == *expected, "{why}\ninput: {piece:?}\nexpected: {expected:?}\ngot: {got:?}");
    }

    #[test]
    fn counts_every_line() {
        let lines = ["7 200 10 100", "8 404 0 50", "7 200 5 70"];
        let expected = tally_of(&lines).report(ALL);
        check("7 200 10 100\n8 404 0 50\n7 200 5 70\n", &expected, "each line is one request");
    }

    #[test]
    fn counts_a_last_line_without_a_line_end() {
        check(
            "7 200 10 100\n8 404 0 50",
            &tally_of(&["7 200 10 100", "8 404 0 50"]).report(ALL),
            "it is a line all the same",
        );
    }

    #[test]
    fn counts_what_cannot_be_read() {
        let expected = Report { unreadable: 2, ..tally_of(&["7 200 10 100"]).report(ALL) };
        check("broken\n7 200 10 100\n1 2 3\n", &expected, "an unreadable line is counted as one, and as nothing else");
    }

    #[test]
    fn leaves_empty_lines_out() {
        check("\n\n7 200 10 100\n\n", &tally_of(&["7 200 10 100"]).report(ALL), "an empty line is no line");
        check("", &Report::default(), "an empty piece has no line");
    }

    #[test]
    fn goes_on_with_the_tally_that_it_is_given() {
        let before = tally_of(&["9 200 1 1"]);
        let got = count(before, b"7 200 10 100\n", read).report(ALL);
        let expected = tally_of(&["9 200 1 1", "7 200 10 100"]).report(ALL);
        assert!(
            got == expected,
            "the tally was counted into before, and what it holds must not be lost\n\
             input: a tally of one line, and one line more\nexpected: {expected:?}\ngot: {got:?}"
        );
    }

    #[test]
    fn asks_the_reader_once_for_each_line() {
        let asked = std::cell::RefCell::new(Vec::new());
        let reader = |line: &[u8]| {
            asked.borrow_mut().push(show(line));
            read(line)
        };
        count(Tally::default(), b"7 200 10 100\n\nbroken\n8 404 0 50", reader);
        let asked = asked.into_inner();
        assert!(
            asked == ["7 200 10 100", "broken", "8 404 0 50"],
            "the reader gets each line once, without its line end\n\
             input: 7 200 10 100, an empty line, broken, 8 404 0 50\ngot: {asked:?}"
        );
    }
}

mod step_3_merge {
    use super::*;

    const ONE: [&str; 4] = ["7 200 10 100", "8 404 0 50", "broken", "7 200 5 90000"];
    const OTHER: [&str; 5] = ["7 404 1 20", "9 502 0 30000000", "broken", "broken", "9 200 9 3"];

    fn check(one: &[&str], other: &[&str], why: &str) {
        let got = tally_of(one).merge(tally_of(other)).report(ALL);
        let expected = tally_of(&[one, other].concat()).report(ALL);
        assert!(got == expected, "{why}\ninput: {one:?} and {other:?}\nexpected: {expected:?}\ngot: {got:?}");
    }

    #[test]
    fn counts_both() {
        check(&ONE[..1], &OTHER[..1], "two tallies of a line each are a tally of two lines");
        check(&ONE, &OTHER, "merged tallies say what one tally of all lines says");
    }

    #[test]
    fn makes_no_difference_which_comes_first() {
        check(&OTHER, &ONE, "threads end in any order, so the order must not matter");
        check(&["7 200 1 1"], &ONE, "the slowest request may be in either tally");
        check(&ONE, &["7 200 1 1"], "the slowest request may be in either tally");
    }

    #[test]
    fn changes_nothing_when_one_is_empty() {
        check(&ONE, &[], "an empty tally adds nothing");
        check(&[], &ONE, "an empty tally takes nothing away");
        check(&[], &[], "two empty tallies are an empty one");
    }

    #[test]
    fn sums_the_bodies_up_to_what_a_number_can_hold() {
        let most = format!("7 200 {} 1", u64::MAX);
        check(
            &[&most],
            &["7 200 1 1"],
            "a forged length must not stop the analysis: a sum that is too large is the largest",
        );
    }

    #[test]
    fn does_not_matter_how_many_are_merged() {
        let log = long_log(500);
        let lines: Vec<&str> = log.lines().collect();
        for size in [1, 3, 64] {
            let got = lines.chunks(size).map(tally_of).fold(Tally::default(), Tally::merge).report(5);
            let expected = serial(&log, 5);
            assert!(got == expected, "input: 500 lines, {size} a tally\nexpected: {expected:?}\ngot: {got:?}");
        }
    }
}

mod step_4_analyse {
    use std::sync::{Condvar, Mutex};
    use std::time::Duration;

    use super::*;

    /// Lines enough for some pieces.
    fn many_pieces() -> String {
        let log = long_log(24_000);
        assert!(log.len() > 4 * PIECE, "the log is long enough to be divided");
        log
    }

    fn check(log: &str, top: usize, why: &str) {
        let got = analyse(log.as_bytes(), read, top);
        let expected = serial(log, top);
        let shown = if log.len() < 200 { log } else { "a long log" };
        assert!(got == expected, "{why}\ninput: {shown:?}, top {top}\nexpected: {expected:?}\ngot: {got:?}");
    }

    #[test]
    fn says_nothing_of_an_empty_log() {
        let got = analyse(b"", read, 10);
        assert!(got == Report::default(), "input: an empty log\nexpected: zeros\ngot: {got:?}");
    }

    #[test]
    fn says_what_a_short_log_says() {
        let log = "7 200 10 100\n8 404 0 50\nbroken\n7 200 5 90000\n";
        check(log, 10, "one piece is counted like any log");
        let got = analyse(log.as_bytes(), read, 1);
        let statuses = BTreeMap::from([(200, 2), (404, 1)]);
        let seen = (got.requests, got.unreadable, got.body_bytes, &got.statuses, &got.clients[..], got.latency.max_us);
        let expected = (3, 1, 15, &statuses, &[(client(7), 2)][..], 90_000);
        assert!(seen == expected, "input: {log:?}\nexpected: {expected:?}\ngot: {seen:?}");
    }

    #[test]
    fn says_the_same_as_one_thread_would() {
        check(&many_pieces(), 10, "however the work is divided, the log says the same");
    }

    #[test]
    fn names_as_many_clients_as_it_is_asked_for() {
        let log = "9 200 1 1\n7 200 1 1\n8 200 1 1\n8 200 1 1\n";
        check(log, 2, "clients with the same number of requests stand in the order of their addresses");
        for (top, expected) in [(0, 0), (2, 2), (3, 3), (100, 3)] {
            let got = analyse(log.as_bytes(), read, top).clients.len();
            assert!(got == expected, "input: {log:?}, top {top}\nexpected: {expected} clients\ngot: {got}");
        }
    }

    #[test]
    fn tells_times_to_three_digits_and_the_slowest_exactly() {
        let log: String = (1..=10_000).map(|at| format!("1 200 0 {}\n", at * 7)).collect();
        let latency = analyse(log.as_bytes(), read, 0).latency;
        for (name, got, exact) in [
            ("p50", latency.p50_us, 35_000),
            ("p90", latency.p90_us, 63_000),
            ("p99", latency.p99_us, 69_300),
            ("p999", latency.p999_us, 69_930),
        ] {
            let most = exact + exact / 1000;
            assert!(
                (exact..=most).contains(&got),
                "{name}\ninput: 7, 14, … 70000\nexpected: {exact} to {most}\ngot: {got}"
            );
        }
        assert!(latency.max_us == 70_000, "input: 7, 14, … 70000\nexpected: 70000\ngot: {}", latency.max_us);
        let one = analyse(b"1 200 0 30000001", read, 0).latency;
        assert!(
            (one.p50_us, one.max_us) == (30_000_001, 30_000_001),
            "nothing took longer than the slowest request\ninput: one request of 30000001\ngot: {one:?}"
        );
    }

    #[test]
    fn counts_times_in_doubling_buckets() {
        for (times, expected) in
            [(&[0, 1][..], &[(1, 2)][..]), (&[2, 3, 4, 9], &[(1, 0), (3, 2), (7, 1), (15, 1)]), (&[u64::MAX], &[])]
        {
            let log: String = times.iter().map(|time| format!("1 200 0 {time}\n")).collect();
            let got = analyse(log.as_bytes(), read, 0).latency.buckets;
            let all: u64 = got.iter().map(|(_, count)| count).sum();
            assert!(all == times.len() as u64, "every request is in one bucket\ninput: {times:?}\ngot: {got:?}");
            assert!(expected.is_empty() || got == expected, "input: {times:?}\nexpected: {expected:?}\ngot: {got:?}");
        }
    }

    /// Two threads have to be inside the reader at the same time: each waits until the other one is there, too.
    #[test]
    fn lets_more_than_one_thread_count() {
        let log = many_pieces();
        let inside = Mutex::new(std::collections::HashSet::new());
        let arrived = Condvar::new();
        let reader = |line: &[u8]| {
            let mut threads = inside.lock().expect("no holder panics");
            if threads.insert(std::thread::current().id()) && threads.len() == 1 {
                let patience = Duration::from_millis(1_500);
                let alone = |threads: &mut std::collections::HashSet<_>| threads.len() < 2;
                drop(arrived.wait_timeout_while(threads, patience, alone).expect("no holder panics"));
            } else {
                drop(threads);
                arrived.notify_all();
            }
            read(line)
        };
        let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().expect("two threads can be started");
        pool.install(|| analyse(log.as_bytes(), reader, 1));
        let threads = inside.lock().expect("no holder panics").len();
        assert!(
            threads == 2,
            "one thread has read all lines: the other one had nothing to do\n\
             input: five pieces and two threads\nexpected: two threads that read\ngot: {threads}"
        );
    }
}
