//! What holds for any log, and for any way to divide it.
//!
//! Inputs are made up by a program, the same ones on every run.

use std::collections::BTreeMap;
use std::net::IpAddr;

use part_analytics::{Tally, analyse, count, pieces};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use wire::analytics::{Report, Row};

fn config() -> ProptestConfig {
    ProptestConfig { cases: 48, rng_seed: RngSeed::Fixed(9112), failure_persistence: None, ..ProptestConfig::default() }
}

/// Reads a line of four numbers; anything else is no row.
fn read(line: &[u8]) -> Option<Row> {
    let mut words = std::str::from_utf8(line).ok()?.split(' ').map(|word| word.parse::<u64>());
    let mut next = || words.next()?.ok();
    let (client, status, body_bytes, took_us) = (next()?, next()?, next()?, next()?);
    Some(Row { client: IpAddr::from([10, 0, 0, client as u8]), status: status as u16, body_bytes, took_us })
}

/// Good lines, broken ones and empty ones; the last may lack its line end.
fn log() -> impl Strategy<Value = Vec<u8>> {
    let line = prop_oneof![
        8 => (0..9_u8, 200..210_u16, any::<u64>(), 0..200_000_u64)
            .prop_map(|(client, status, bytes, took)| format!("{client} {status} {bytes} {took}\n")),
        1 => Just("\n".to_owned()),
        1 => "[a-z ]{1,9}\n",
    ];
    (vec(line, 0..60), any::<bool>()).prop_map(|(lines, ends)| {
        let log = lines.concat();
        if ends { log.into_bytes() } else { log.trim_end_matches('\n').into() }
    })
}

/// The same report from the rows themselves: a sort for the times, and maps for the rest.
fn exact(log: &[u8]) -> (Report, Vec<u64>) {
    let lines: Vec<Option<Row>> = log.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).map(read).collect();
    let rows: Vec<Row> = lines.iter().copied().flatten().collect();
    let mut times: Vec<u64> = rows.iter().map(|row| row.took_us).collect();
    times.sort_unstable();
    let mut statuses = BTreeMap::new();
    let mut clients = BTreeMap::new();
    for row in &rows {
        *statuses.entry(row.status).or_default() += 1;
        *clients.entry(row.client).or_default() += 1;
    }
    let mut clients: Vec<(IpAddr, u64)> = clients.into_iter().collect();
    clients.sort_by_key(|(client, number)| (std::cmp::Reverse(*number), *client));
    let report = Report {
        requests: rows.len() as u64,
        unreadable: (lines.len() - rows.len()) as u64,
        body_bytes: rows.iter().fold(0, |sum, row| sum.saturating_add(row.body_bytes)),
        statuses,
        clients,
        ..Report::default()
    };
    (report, times)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn pieces_are_the_log_and_end_with_a_line(log in log(), size in 0..200_usize) {
        let pieces = pieces(&log, size);
        prop_assert_eq!(pieces.concat(), &log[..]);
        for piece in pieces.iter().rev().skip(1) {
            prop_assert!(piece.len() >= size && piece.ends_with(b"\n"), "got: {}", piece.escape_ascii());
        }
        prop_assert!(pieces.iter().all(|piece| !piece.is_empty()));
    }

    #[test]
    fn a_report_does_not_depend_on_how_the_log_is_divided(log in log(), size in 0..200_usize, order in any::<usize>()) {
        let mut tallies: Vec<Tally> =
            pieces(&log, size).into_iter().map(|piece| count(Tally::default(), piece, read)).collect();
        // Threads end in any order, so tallies are merged in any order.
        let turn = order % tallies.len().max(1);
        tallies.rotate_left(turn);
        if turn % 2 == 1 {
            tallies.reverse();
        }
        let merged = tallies.into_iter().reduce(Tally::merge).unwrap_or_default();
        prop_assert_eq!(merged.report(3), count(Tally::default(), &log, read).report(3));
    }

    #[test]
    fn a_report_says_what_a_sort_of_all_rows_says(log in log(), top in 0..12_usize) {
        let (mut expected, times) = exact(&log);
        expected.clients.truncate(top);
        let got = analyse(&log, read, top);
        let latency = got.latency.clone();
        for (share, got) in [(0.5, latency.p50_us), (0.9, latency.p90_us), (0.99, latency.p99_us), (0.999, latency.p999_us)] {
            let rank = (times.len() as f64 * share).ceil() as usize;
            let exact = times.get(rank.saturating_sub(1)).copied().unwrap_or(0);
            prop_assert!((exact..=exact + exact / 1000).contains(&got), "share {share}: exact {exact}, got {got}");
        }
        prop_assert_eq!(latency.max_us, times.last().copied().unwrap_or(0));
        for (at, (end, number)) in latency.buckets.iter().enumerate() {
            let start = if at == 0 { 0 } else { latency.buckets[at - 1].0 + 1 };
            let inside = times.iter().filter(|time| (start..=*end).contains(*time)).count();
            prop_assert_eq!(inside as u64, *number, "bucket {} to {}", start, end);
        }
        prop_assert_eq!(Report { latency: expected.latency.clone(), ..got }, expected);
    }
}
