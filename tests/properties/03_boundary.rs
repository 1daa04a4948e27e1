//! What holds for any entry, and for any bytes that somebody calls a log.
//!
//! Inputs are made up by a program, the same ones on every run.

use std::borrow::Cow;
use std::net::IpAddr;

use part_logline::{columns, parse, rows, write};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;
use wire::Version;
use wire::logline::{Entry, RequestWords};

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 512,
        rng_seed: RngSeed::Fixed(9112),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Bytes at random seldom hold what a line is made of, so such pieces are mixed in.
fn text() -> impl Strategy<Value = Vec<u8>> {
    let pieces: &[&[u8]] = &[b"-", b"\"", b"\\", b"\\x22", b"\\x", b" ", b"\n", b"\r\n", b"GET", b"/menu", b"\xff"];
    let piece = prop_oneof![select(pieces).prop_map(<[u8]>::to_vec), vec(any::<u8>(), 0..4)];
    vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

fn request() -> impl Strategy<Value = RequestWords<'static>> {
    (text(), text(), select(&[Version::Http10, Version::Http11][..]))
        .prop_map(|(method, target, version)| RequestWords { method: method.into(), target: target.into(), version })
}

fn entry() -> impl Strategy<Value = Entry<'static>> {
    let texts = (option::of(request()), option::of(text()), option::of(text()));
    let numbers = (any::<u64>(), any::<u16>(), any::<u64>(), any::<u64>());
    (any::<IpAddr>(), texts, numbers).prop_map(
        |(client, (request, referer, user_agent), (time, status, body_bytes, took_us))| Entry {
            client,
            time,
            request,
            status,
            body_bytes,
            referer: referer.map(Cow::Owned),
            user_agent: user_agent.map(Cow::Owned),
            took_us,
        },
    )
}

fn line_of(entry: &Entry<'_>) -> Vec<u8> {
    let mut line = Vec::new();
    write(entry, &mut line);
    line
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_is_written_is_read_back(entry in entry()) {
        let line = line_of(&entry);
        prop_assert_eq!(parse(&line), Ok(entry), "line: {}", line.escape_ascii());
    }

    #[test]
    fn an_entry_is_one_line_of_printable_ascii(entry in entry()) {
        let line = line_of(&entry);
        let (last, rest) = line.split_last().expect("a line is never empty");
        prop_assert_eq!(*last, b'\n');
        prop_assert!(rest.iter().all(|byte| (b' '..=b'~').contains(byte)), "line: {}", line.escape_ascii());
        prop_assert_eq!(rest.iter().filter(|byte| **byte == b'"').count(), 6, "line: {}", line.escape_ascii());
    }

    #[test]
    fn any_bytes_get_an_answer(bytes in vec(any::<u8>(), 0..200)) {
        if let Err(error) = parse(&bytes) {
            prop_assert!(error.offset <= bytes.len());
        }
    }

    #[test]
    fn a_line_with_one_wrong_byte_gets_an_answer(entry in entry(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut line = line_of(&entry);
        let at = at.index(line.len());
        line[at] = byte;
        if let Err(error) = parse(&line) {
            prop_assert!(error.offset <= line.len());
        }
    }

    #[test]
    fn every_line_that_is_not_empty_is_in_the_columns_or_counted(parts in vec(prop_oneof![entry().prop_map(|e| line_of(&e)), text()], 0..12)) {
        let log = parts.concat();
        let lines = log.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).count();
        let columns = columns(&log);
        prop_assert_eq!(columns.len() + columns.unreadable as usize, lines);
        prop_assert_eq!(rows(&log).count(), lines);
        let targets: Vec<Vec<u8>> = rows(&log).filter_map(|(_, row)| Some(row.ok()?.target().to_vec())).collect();
        prop_assert!(columns.target.iter().eq(targets.iter().map(|target| &target[..])));
        for length in [columns.client.len(), columns.time.len(), columns.body_bytes.len(), columns.took_us.len()] {
            prop_assert_eq!(length, columns.len());
        }
    }
}
