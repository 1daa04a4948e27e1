//! What holds for any bytes, and for any head that is made of legal parts.
//!
//! The claims are about the grammar only. Inputs are made up by a program, the same ones on every run.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::RngSeed;
use wire::{FieldSpan, ParseError, ResponseHead, Span, Version, syntax};

/// The same inputs on every run; a failure is repeated by running the test again.
fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 256,
        rng_seed: RngSeed::Fixed(9112),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Bytes at random are never a head, so most inputs are made of what heads are made of.
const WORDS: &[&[u8]] = &[
    b"GET / HTTP/1.1\r\n",
    b"HTTP/1.1 200 OK\r\n",
    b"HTTP/1.0 204\r\n",
    b"HTTP/1.9",
    b"HTTP/3.0",
    b"GET",
    b"/menu",
    b"HTTP/1.1 600\r\n",
    b"Host: a\r\n",
    b"Host",
    b"A : b\r\n",
    b": \t ",
    b":",
    b" ",
    b"\t",
    b"\r\n",
    b"\r\n\r\n",
    b"\r",
    b"\n",
    b"\n\n",
    b"\0",
    b"\x7f",
    b"\xff",
];

fn any_bytes() -> impl Strategy<Value = Vec<u8>> {
    let nearly_a_head = vec(select(WORDS), 0..16).prop_map(|words| words.concat());
    prop_oneof![3 => nearly_a_head, 1 => vec(any::<u8>(), 0..200)]
}

/// Bytes, and two places in them in order.
fn bytes_and_span() -> impl Strategy<Value = (Vec<u8>, Span)> {
    (any_bytes(), any::<[Index; 2]>()).prop_map(|(bytes, places)| {
        let mut places = places.map(|place| place.index(bytes.len() + 1));
        places.sort_unstable();
        (bytes, Span::new(places[0], places[1]))
    })
}

/// Between 1 and `most` of the bytes for which `allowed` is true.
fn word(allowed: fn(u8) -> bool, most: usize) -> impl Strategy<Value = Vec<u8>> {
    vec(select((0..=255).filter(|&byte| allowed(byte)).collect::<Vec<u8>>()), 1..=most)
}

/// A field value as it is meant: perhaps empty, without white space around it.
fn value() -> impl Strategy<Value = Vec<u8>> {
    vec(word(syntax::is_value_byte, 20), 0..2).prop_map(|words| words.concat().trim_ascii().to_vec())
}

/// A field: its name, the white space before its value, the value, and the white space after it.
type Field = (Vec<u8>, String, Vec<u8>, String);

fn fields() -> impl Strategy<Value = Vec<Field>> {
    vec((word(syntax::is_token_byte, 12), "[ \t]{0,3}", value(), "[ \t]{0,3}"), 0..12)
}

fn version() -> impl Strategy<Value = Version> {
    select(vec![Version::Http10, Version::Http11])
}

fn spelled(version: Version) -> &'static [u8] {
    match version {
        Version::Http10 => b"HTTP/1.0",
        Version::Http11 => b"HTTP/1.1",
    }
}

/// Writes down a head that begins with `words` and has `fields`.
fn print(words: &[&[u8]], fields: &[Field]) -> Vec<u8> {
    let mut head = words.join(b" ".as_slice());
    head.extend_from_slice(b"\r\n");
    for (name, before, value, after) in fields {
        for piece in [name, b":".as_slice(), before.as_bytes(), value, after.as_bytes(), b"\r\n"] {
            head.extend_from_slice(piece);
        }
    }
    head.extend_from_slice(b"\r\n");
    head
}

fn meant(fields: &[Field]) -> Vec<(&[u8], &[u8])> {
    fields.iter().map(|(name, _, value, _)| (name.as_slice(), value.as_slice())).collect()
}

/// Whether `inner` lies within `outer`.
fn within(inner: Span, outer: Span) -> bool {
    outer.start <= inner.start && inner.start <= inner.end && inner.end <= outer.end
}

/// Gives back what was read; a fault has to lie within `outer`, or right behind it.
fn read<T>(outcome: Result<T, ParseError>, outer: Span) -> Option<T> {
    outcome
        .inspect_err(|error| assert!((outer.start..=outer.end).contains(&error.offset), "{error}, beyond {outer:?}"))
        .ok()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_bytes_break_the_way_through_a_head(bytes in any_bytes(), longest_target in 0_usize..20, most in 0_usize..4) {
        let all = Span::new(0, bytes.len());
        let end = syntax::end_of_head(&bytes);
        prop_assert!(end.is_none_or(|end| end <= bytes.len() && bytes[..end].ends_with(b"\n")));
        prop_assert!(syntax::leading_empty_lines(&bytes) <= bytes.len());
        let Some(lines) = read(syntax::line_spans(&bytes), all) else { return Ok(()) };
        let mut before = 0;
        for &line in &lines {
            prop_assert!(line.start == before && within(line, all), "lines follow one another: {:?}", lines);
            prop_assert!(!line.is_empty() && !line.of(&bytes).iter().any(|byte| b"\r\n".contains(byte)));
            before = line.end + 2;
        }
        prop_assert_eq!(end, Some(before + 2), "both functions see the same blank line");
        if let Some(line) = read(syntax::request_line(&bytes, lines.first().copied(), longest_target), all) {
            prop_assert!(line.target.len() <= longest_target);
        }
        if let Some(fields) = read(syntax::field_lines(&bytes, lines.into_iter().skip(1), most), all) {
            prop_assert!(fields.len() <= most);
        }
    }

    #[test]
    fn no_line_reaches_beyond_itself((bytes, line) in bytes_and_span(), longest_target in 0_usize..20) {
        if let Some(read) = read(syntax::request_line(&bytes, Some(line), longest_target), line) {
            prop_assert!(within(read.method, line) && within(read.target, line));
            prop_assert!(read.method.end < read.target.start, "one space stands between them");
        }
        if let Some(read) = read(syntax::status_line(&bytes, Some(line)), line) {
            prop_assert!(within(read.reason, line) && (100..=599).contains(&read.status));
        }
        if let Some(FieldSpan { name, value, .. }) = read(syntax::field_line(&bytes, line), line) {
            prop_assert!(within(name, line) && within(value, line));
            prop_assert!(name.end < value.start, "the colon stands between them");
        }
    }

    #[test]
    fn no_bytes_break_a_response_head(bytes in any_bytes(), most in 0_usize..4) {
        let all = Span::new(0, bytes.len());
        if let Some(head) = read(ResponseHead::parse(bytes.clone(), most), all) {
            prop_assert!(head.fields().count() <= most);
            prop_assert_eq!(head.into_bytes(), bytes);
        }
    }

    #[test]
    fn a_head_ends_behind_its_first_blank_line(bytes in any_bytes()) {
        let blank = |end: &usize| {
            let before = &bytes[..*end];
            matches!(before, b"\n" | b"\r\n") || before.ends_with(b"\n\n") || before.ends_with(b"\n\r\n")
        };
        prop_assert_eq!(syntax::end_of_head(&bytes), (0..=bytes.len()).find(blank));
    }

    #[test]
    fn what_follows_the_blank_line_has_no_say(bytes in any_bytes(), more in any_bytes()) {
        if let Some(end) = syntax::end_of_head(&bytes) {
            let longer = [bytes.as_slice(), &more].concat();
            prop_assert_eq!(syntax::end_of_head(&longer), Some(end));
            prop_assert_eq!(syntax::end_of_head(&bytes[..end]), Some(end));
            prop_assert_eq!(syntax::end_of_head(&bytes[..end - 1]), None, "it is the first blank line");
            prop_assert_eq!(syntax::line_spans(&longer), syntax::line_spans(&bytes[..end]));
        }
    }

    #[test]
    fn a_request_head_reads_as_it_was_written(
        method in word(syntax::is_token_byte, 12),
        target in word(syntax::is_target_byte, 40),
        version in version(),
        fields in fields(),
    ) {
        let head = print(&[&method, &target, spelled(version)], &fields);
        prop_assert_eq!(syntax::end_of_head(&head), Some(head.len()));
        let mut lines = syntax::line_spans(&head)?.into_iter();
        let line = syntax::request_line(&head, lines.next(), target.len())?;
        prop_assert_eq!((line.method.of(&head), line.target.of(&head)), (method.as_slice(), target.as_slice()));
        prop_assert_eq!(line.version, version);
        let spans = syntax::field_lines(&head, lines, fields.len())?;
        let got: Vec<_> = spans.iter().map(|field| (field.name.of(&head), field.value.of(&head))).collect();
        prop_assert_eq!(got, meant(&fields));
    }

    #[test]
    fn a_response_head_reads_as_it_was_written(
        version in version(),
        status in 100_u16..600,
        reason in value(),
        fields in fields(),
    ) {
        let bytes = print(&[spelled(version), status.to_string().as_bytes(), &reason], &fields);
        let head = ResponseHead::parse(bytes, fields.len())?;
        prop_assert_eq!((head.version(), head.status(), head.reason()), (version, status, reason.as_slice()));
        prop_assert_eq!(head.fields().collect::<Vec<_>>(), meant(&fields));
    }
}
