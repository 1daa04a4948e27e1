//! What holds for any chunked body, any fields and any request, and not only for the cases that we thought of.
//!
//! For tests only. Inputs are made up by a program, the same ones on every run. The properties of the part are
//! in `tests/properties.rs`; here are those of modules that nobody outside of this crate can see.

#[path = "../tests/claims/chunked.rs"]
mod claims;

use crate::chunked::{LAST_CHUNK, put_chunk};
use crate::heads;
use crate::hops::Via;
use crate::parts::headers::{request_framing, response_framing};
use crate::parts::request::parse;
use crate::plan::Plan;
use crate::target::target;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::RngSeed;
use std::net::{IpAddr, Ipv4Addr};
use std::{fs, path::Path};
use wire::{FieldLines, Framing, Known, Limits, ResponseFraming, Version, syntax};

/// The same inputs on every run; a failure is repeated by running the test again.
fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 256,
        rng_seed: RngSeed::Fixed(9112),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Names and values, as they would stand in a head.
type Listed = Vec<(&'static str, &'static str)>;

fn lines(listed: &Listed) -> FieldLines {
    let mut lines = FieldLines::new();
    listed.iter().for_each(|(name, value)| lines.push(name.as_bytes(), value.as_bytes()).expect("a good field"));
    lines
}

/// Bytes that are nearly a chunked body, which is where faults hide, and some that are nothing.
fn nearly_chunked() -> impl Strategy<Value = Vec<u8>> {
    const WORDS: &[&[u8]] = &[
        b"0\r\n",
        b"5\r\nhello\r\n",
        b"a\r\n0123456789\r\n",
        b"1\r\nx\r\n",
        b"000",
        b"ffffffffffffffff",
        b"10",
        b"-1",
        b"0x2",
        b";a",
        b";a=b",
        b" ; a = \"\\\"\"",
        b";",
        b"=",
        b"\"",
        b"\\",
        b"A: b\r\n",
        b"A",
        b":",
        b" ",
        b"\t",
        b"\r\n",
        b"\r\n\r\n",
        b"0\r\n\r\n",
        b"\r",
        b"\n",
        b"\0",
        b"\xff",
        b"GET / HTTP/1.1\r\n\r\n",
    ];
    let words = vec(select(WORDS), 0..16).prop_map(|words| words.concat());
    prop_oneof![3 => words, 1 => vec(any::<u8>(), 0..200)]
}

/// How a chunk may be written: zeros before its size, the size in capitals, and an extension.
type Manner = (usize, bool, &'static str);

fn manner() -> impl Strategy<Value = Manner> {
    (0_usize..4, any::<bool>(), select(vec!["", "", ";a", ";a=b", " ; a = \"b \\\" ;\"", "\t;a;b=c"]))
}

/// Writes down a body in chunks, each in its own manner, with `trailers` behind them.
fn encode(chunks: &[(Vec<u8>, Manner)], trailers: &str) -> Vec<u8> {
    let mut out = Vec::new();
    for (data, (zeros, capitals, extension)) in chunks {
        let size = if *capitals { format!("{:X}", data.len()) } else { format!("{:x}", data.len()) };
        out.extend_from_slice(format!("{}{size}{extension}\r\n", "0".repeat(*zeros)).as_bytes());
        out.extend_from_slice(data);
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(format!("0\r\n{trailers}\r\n").as_bytes());
    out
}

/// Fields that say something about the length of a body, well or badly, in any number and order.
fn framing_fields() -> impl Strategy<Value = Listed> {
    let lengths = vec![
        "0",
        "5",
        "5",
        "5",
        "5, 5",
        "5,6",
        "05",
        "+5",
        "",
        ",",
        "18446744073709551615",
        "18446744073709551616",
        "chunked",
    ];
    let codings = vec![
        "chunked",
        "chunked",
        "Chunked",
        "\tchunked",
        "chunked, chunked",
        "gzip",
        "gzip, chunked",
        "chunked;a=b",
        "identity",
        "",
        "5",
    ];
    let length = (select(vec!["Content-Length", "content-length"]), select(lengths));
    let coding = (select(vec!["Transfer-Encoding", "TRANSFER-ENCODING"]), select(codings));
    let other = Just(("Host", "5"));
    vec(prop_oneof![4 => length, 4 => coding, 1 => other], 0..4)
}

/// The rule of RFC 9112 6.3 for requests, said in another way: all that is not clear is refused.
fn clear_framing(head: &Listed, version: Version) -> Option<Framing> {
    let all = |wanted: Known| -> Vec<Vec<u8>> {
        let fields = head.iter().filter(|(name, _)| name.eq_ignore_ascii_case(wanted.name()));
        fields.flat_map(|(_, value)| value.split(',').map(|one| one.trim().to_ascii_lowercase().into_bytes())).collect()
    };
    match (all(Known::ContentLength).as_slice(), all(Known::TransferEncoding).as_slice()) {
        ([], []) => Some(Framing::Empty),
        ([], [coding]) if coding == b"chunked" && version == Version::Http11 => Some(Framing::Chunked),
        (lengths @ [first, ..], []) => {
            let digits = lengths.iter().all(|length| length.iter().all(u8::is_ascii_digit));
            let numbers: Vec<Option<u64>> =
                lengths.iter().map(|length| std::str::from_utf8(length).ok()?.parse().ok()).collect();
            let same = numbers.iter().all(|number| number == &numbers[0]);
            if digits && same && !first.is_empty() { numbers[0].map(Framing::Length) } else { None }
        }
        (_, _) => None,
    }
}

fn version() -> impl Strategy<Value = Version> {
    select(vec![Version::Http10, Version::Http11])
}

/// What ends at this hop (RFC 9110 7.6.1), and Trailer, as we drop what it announces.
const HOP_BY_HOP: &[&str] = &["connection", "proxy-connection", "keep-alive", "te", "trailer", "upgrade"];

/// Requests that are well formed, and of which some ask for things that a proxy must not pass on.
fn request() -> impl Strategy<Value = Vec<u8>> {
    let lines = select(vec![
        "GET / HTTP/1.1",
        "GET /a?b HTTP/1.0",
        "POST http://b.example HTTP/1.1",
        "GET http://b.example?q HTTP/1.1",
        "OPTIONS * HTTP/1.1",
        "OPTIONS http://b.example:80 HTTP/1.1",
        "GET https://b.example/ HTTP/1.1",
        "GET x HTTP/1.1",
    ]);
    let hosts = select(vec!["Host: a.example\r\n", "host: [::1]:80\r\n", "Host: a b\r\n", ""]);
    let fields = select(vec![
        "Connection: close, X-Private, Host\r\n",
        "Connection: Content-Length, Transfer-Encoding\r\n",
        "X-Private: 1\r\n",
        "Keep-Alive: 5\r\n",
        "TE: trailers\r\n",
        "Trailer: X\r\n",
        "Upgrade: h2c\r\n",
        "Proxy-Connection: close\r\n",
        "Content-Length: 5\r\n",
        "Content-Length: 5, 5\r\n",
        "Transfer-Encoding: chunked\r\n",
        "X-Forwarded-For: 9.9.9.9\r\n",
        "X-Forwarded-For:\r\n",
        "Via: 1.0 other\r\n",
        "Cookie: é\r\n",
        "Host: c\r\n",
    ]);
    (lines, hosts, vec(fields, 0..5))
        .prop_map(|(line, host, fields)| format!("{line}\r\n{host}{}\r\n", fields.concat()).into_bytes())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_bytes_break_the_decoder(input in nearly_chunked()) {
        claims::any_bytes(&input);
    }

    #[test]
    fn a_chunked_body_reads_as_it_was_written(
        chunks in vec((vec(any::<u8>(), 1..300), manner()), 0..8),
        trailers in select(vec!["", "X-Sum: 1\r\n", "A:\r\nB: c d\r\n"]),
        behind in nearly_chunked(),
        cuts in vec(any::<Index>(), 0..8),
    ) {
        let data: Vec<u8> = chunks.iter().flat_map(|(data, _)| data).copied().collect();
        let body = encode(&chunks, trailers);
        let input = [body.as_slice(), &behind].concat();
        let mut places: Vec<usize> = cuts.iter().map(|cut| cut.index(input.len() + 1)).collect();
        places.extend([0, input.len()]);
        places.sort_unstable();
        let pieces = places.windows(2).map(|ends| &input[ends[0]..ends[1]]);
        prop_assert_eq!(claims::decode(pieces), Ok((data, body.len(), true)), "cut at {:?}", places);
    }

    #[test]
    fn a_line_end_that_is_damaged_is_refused(
        sizes in vec(1_usize..20, 0..5),
        place in any::<Index>(),
        other in select((0..=255).filter(|byte| !b"\r\n".contains(byte)).collect::<Vec<u8>>()),
    ) {
        let mut body = Vec::new();
        // The data holds no line end, so that every one that is there belongs to the coding.
        sizes.iter().for_each(|&size| put_chunk(&mut body, &vec![b'x'; size]));
        body.extend_from_slice(LAST_CHUNK);
        let ends: Vec<usize> = (0..body.len()).filter(|&at| b"\r\n".contains(&body[at])).collect();
        body[*place.get(&ends)] = other;
        prop_assert!(claims::decode([body.as_slice()]).is_err(), "{}", body.escape_ascii());
    }

    #[test]
    fn the_limit_of_a_line_does_not_depend_on_what_came_before(before in 1_usize..4, length in 50_usize..70) {
        let chunk = [b"1;".as_slice(), &vec![b'a'; length], b"\r\nx\r\n"].concat();
        let first = claims::decode([chunk.as_slice()]).is_ok();
        let later = [b"1\r\nx\r\n".repeat(before), chunk].concat();
        prop_assert_eq!(claims::decode([later.as_slice()]).is_ok(), first, "an extension of {} bytes", length);
    }

    #[test]
    fn what_we_write_we_can_read_in_pieces_of_any_size(data in vec(any::<u8>(), 0..2000), size in 1_usize..500) {
        let mut out = Vec::new();
        data.chunks(size).for_each(|piece| put_chunk(&mut out, piece));
        out.extend_from_slice(LAST_CHUNK);
        prop_assert_eq!(claims::decode([out.as_slice()]), Ok((data, out.len(), true)));
    }

    #[test]
    fn a_length_that_two_readers_could_dispute_is_refused(head in framing_fields(), version in version()) {
        let got = request_framing(lines(&head).as_fields(), version).expect("the part works");
        prop_assert_eq!(got.ok(), clear_framing(&head, version));
    }

    #[test]
    fn the_order_of_fields_does_not_move_the_end_of_a_body(head in framing_fields(), version in version()) {
        let mut turned = head.clone();
        turned.reverse();
        let of = |head| request_framing(lines(head).as_fields(), version).expect("the part works").ok();
        prop_assert_eq!(of(&head), of(&turned));
    }

    #[test]
    fn a_response_ends_where_a_request_with_its_fields_would(
        head in framing_fields(),
        version in version(),
        status in prop_oneof![select(vec![101_u16, 204, 304]), 100_u16..600],
        answers_head: bool,
    ) {
        let head = lines(&head);
        let head = head.as_fields();
        let got = response_framing(head, version, status, answers_head).expect("the part works");
        let got = got.map(|ResponseFraming { framing, length }| (framing, length));
        let declared = request_framing(head, version).expect("the part works");
        let expected = match (status, declared) {
            (..=199 | 204, _) => Ok((Framing::Empty, None)),
            (_, Err(fault)) => Err(fault),
            (_, Ok(Framing::Length(length))) if answers_head || status == 304 => Ok((Framing::Empty, Some(length))),
            (_, Ok(_)) if answers_head || status == 304 => Ok((Framing::Empty, None)),
            (_, Ok(Framing::Length(length))) => Ok((Framing::Length(length), Some(length))),
            (_, Ok(Framing::Empty)) => Ok((Framing::UntilClose, None)),
            (_, Ok(framing)) => Ok((framing, None)),
        };
        prop_assert_eq!(got, expected);
    }

    #[test]
    fn what_goes_on_of_a_target_is_a_path_and_a_host(
        method in select(vec!["GET", "OPTIONS", "CONNECT"]),
        text in "(/|\\*|http://a|HTTP://|https://|//)?([/?#@:a]|[!-~é]){0,12}",
        host in "[ -~]{0,12}|a|[a-z]{1,5}(:[0-9]{0,6})?",
        version in version(),
    ) {
        let head = format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n").into_bytes();
        let head = parse(head, &Limits::default()).expect("the part works").expect("the head is good");
        if let Ok(got) = target(method.as_bytes(), text.as_bytes(), version, head.as_fields()) {
            let path = [if got.slash { b"/" } else { b"".as_slice() }, got.path].concat();
            prop_assert!(path.starts_with(b"/") || path == b"*", "{}", path.escape_ascii());
            prop_assert!(!path.contains(&b'#'));
            let host = got.host.expect("one was given");
            prop_assert!(!host.is_empty() && !host.iter().any(|byte| b" \t/?#@\\".contains(byte)));
        }
    }

    #[test]
    fn the_upstream_reads_the_same_request_as_we_did(request in request()) {
        let head = parse(request, &Limits::default()).expect("the part works").expect("the head is good");
        let via = Via::new("here".parse().expect("a token"), "test");
        let Ok(plan) = Plan::of(&head, &via) else { return Ok(()) };
        let mut out = Vec::new();
        let client = IpAddr::V4(Ipv4Addr::LOCALHOST);
        heads::request(&mut out, &plan, "upstream.example:80", client, None, &via).expect("the part works");

        prop_assert_eq!(syntax::end_of_head(&out), Some(out.len()), "it is one head: {}", out.escape_ascii());
        let onward = parse(out, &Limits::default()).expect("the part works").expect("what we write is a head");
        let next = Via::new("next".parse().expect("a token"), "");
        let again = Plan::of(&onward, &next).map_err(|refusal| TestCaseError::fail(refusal.text))?;
        prop_assert_eq!(again.framing, plan.framing, "the body ends at the same byte");
        prop_assert_eq!(onward.method(), head.method());
        prop_assert_eq!(again.target.host, plan.target.host.or(Some(b"upstream.example:80")));
        for (field, _) in onward.fields() {
            let field = field.escape_ascii().to_string().to_ascii_lowercase();
            prop_assert!(!HOP_BY_HOP.contains(&field.as_str()), "{}", field);
        }
    }
}

#[test]
fn each_stored_chunked_body_is_judged() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/chunked");
    let files = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut judged = 0;
    for file in files {
        let path = file.expect("the folder can be read to its end").path();
        let input = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        println!("{}: {}", path.display(), input.escape_ascii()); // shown when the claim fails
        claims::any_bytes(&input);
        judged += 1;
    }
    assert!(judged > 0, "{} is empty", folder.display());
}
