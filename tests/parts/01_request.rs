//! A client's bytes arrive in a buffer. At any moment one owner holds them: the buffer, then the head,
//! then the stage that forwards it, and at the end the buffer again.
//!
//! The steps below follow that journey. Each module is a step, the easiest case stands first, and a
//! failure prints the input, what was expected and what your code gave.

use part_request::{cut, hand_on, parse, recycle};
use wire::{Cut, Fault, Limits, ParseError, RequestHead};

const GET: &[u8] = b"GET /menu?day=monday HTTP/1.1\r\nHost: cafe.example\r\n\r\n";

fn show(bytes: &[u8]) -> String {
    bytes.escape_ascii().to_string()
}

fn small() -> Limits {
    Limits { head: 64, target: 20, fields: 2 }
}

/// A head of exactly `length` bytes, blank line included.
fn head_of_length(length: usize) -> Vec<u8> {
    let empty = "GET / HTTP/1.1\r\nX-Pad: \r\n\r\n";
    format!("GET / HTTP/1.1\r\nX-Pad: {}\r\n\r\n", "a".repeat(length - empty.len())).into_bytes()
}

/// The head of a request that is known to be good.
fn head_of(bytes: &[u8]) -> RequestHead {
    parse(bytes.to_vec(), &Limits::default())
        .unwrap_or_else(|error| panic!("input: {}\nexpected: a request head\ngot: {error}", show(bytes)))
}

mod step_1_cut {
    use super::*;

    /// What `cut` gave, with its bytes as text.
    fn told(cut: &Result<Cut, ParseError>) -> String {
        match cut {
            Ok(Cut::Complete { head, rest }) => format!("Complete, head: {}, rest: {}", show(head), show(rest)),
            Ok(Cut::Partial(buffer)) => format!("Partial: {}", show(buffer)),
            Err(error) => format!("{error:?}"),
        }
    }

    /// One case: what `cut` makes of `input`.
    fn check(input: &[u8], limits: &Limits, expected: Result<Cut, ParseError>, why: &str) {
        let got = cut(input.to_vec(), limits);
        let (input, want) = (show(input), told(&expected));
        assert!(got == expected, "{why}\ninput: {input}\nexpected: {want}\ngot: {}", told(&got));
    }

    fn complete(head: &[u8], rest: &[u8]) -> Result<Cut, ParseError> {
        Ok(Cut::Complete { head: head.to_vec(), rest: rest.to_vec() })
    }

    #[test]
    fn takes_a_head_that_is_all_there() {
        check(GET, &Limits::default(), complete(GET, b""), "the head ends with its blank line");
    }

    #[test]
    fn keeps_a_partial_head_until_the_blank_line() {
        for length in 0..GET.len() {
            let crumb = &GET[..length];
            let expected = Ok(Cut::Partial(crumb.to_vec()));
            check(crumb, &Limits::default(), expected, "no blank line yet: the caller gets every byte back");
        }
    }

    #[test]
    fn gives_back_the_bytes_after_the_blank_line() {
        let mut two = GET.to_vec();
        two.extend_from_slice(b"GET /next HTTP/1.1\r\n");
        let expected = complete(GET, b"GET /next HTTP/1.1\r\n");
        check(&two, &Limits::default(), expected, "the bytes after the blank line belong to the next request");
    }

    #[test]
    fn gives_the_same_buffer_back_without_a_copy() {
        let buffer = b"GET / HTT".to_vec();
        let before = buffer.as_ptr();
        match cut(buffer, &Limits::default()) {
            Ok(Cut::Partial(after)) => {
                assert!(
                    before == after.as_ptr(),
                    "the buffer was copied: a move keeps its bytes where they are\n\
                     input: GET / HTT\nexpected: the same address\ngot: another address"
                );
            }
            other => panic!("input: GET / HTT\nexpected: Partial\ngot: {}", told(&other)),
        }
    }

    #[test]
    fn leaves_one_half_where_it_is() {
        let mut buffer = GET.to_vec();
        buffer.extend_from_slice(b"GET /next");
        let before = buffer.as_ptr();
        match cut(buffer, &Limits::default()) {
            Ok(Cut::Complete { head, rest }) => assert!(
                before == head.as_ptr() || before == rest.as_ptr(),
                "both halves were copied: the buffer is yours, so one half can stay in it\ninput: {}GET /next\n\
                 expected: the head or the rest at the address of the buffer\ngot: two other addresses",
                show(GET)
            ),
            other => panic!("input: {}GET /next\nexpected: Complete\ngot: {}", show(GET), told(&other)),
        }
    }

    #[test]
    fn ignores_empty_lines_before_the_request_line() {
        let mut input = b"\r\n\r\n".to_vec();
        input.extend_from_slice(GET);
        check(&input, &Limits::default(), complete(GET, b""), "RFC 9112 2.2: leading empty lines are ignored");
    }

    #[test]
    fn takes_a_head_that_just_fits() {
        let head = head_of_length(64);
        check(&head, &small(), complete(&head, b""), "64 bytes fit into a limit of 64");
    }

    #[test]
    fn measures_the_head_and_not_what_follows_it() {
        let head = head_of_length(64);
        let body = b"a body of any length".as_slice();
        let input = [head.as_slice(), body].concat();
        check(&input, &small(), complete(&head, body), "the limit is on the head: what follows it does not count");
    }

    #[test]
    fn refuses_a_head_that_is_too_long() {
        let error = Err(ParseError::new(Fault::HeadTooLong { limit: 64 }, 64));
        check(&head_of_length(65), &small(), error.clone(), "65 bytes do not fit into a limit of 64");
        let endless = [b'a'; 65];
        check(&endless, &small(), error, "65 bytes without a blank line cannot become a head of 64");
    }

    #[test]
    fn waits_while_the_head_may_still_fit() {
        let start = [b'a'; 64];
        check(&start, &small(), Ok(Cut::Partial(start.to_vec())), "64 bytes are within the limit");
    }
}

mod step_2_parse {
    use super::*;

    fn fault(input: &[u8], limits: &Limits, expected: ParseError) {
        let got = match parse(input.to_vec(), limits) {
            Ok(head) => format!("a head with {} fields", head.fields().count()),
            Err(error) => format!("{error:?}"),
        };
        let (input, expected) = (show(input), format!("{expected:?}"));
        let why = "the first fault refuses the whole head, and says where it is";
        assert!(got == expected, "{why}\ninput: {input}\nexpected: {expected}\ngot: {got}");
    }

    #[test]
    fn reads_the_request_line() {
        let head = head_of(GET);
        assert_eq!(show(head.method()), "GET", "the method\ninput: {}", show(GET));
        assert_eq!(show(head.target()), "/menu?day=monday", "the target\ninput: {}", show(GET));
    }

    #[test]
    fn keeps_every_field_in_order() {
        let input = b"GET / HTTP/1.1\r\nHost: a\r\nAccept: x\r\nAccept: y\r\n\r\n";
        let head = head_of(input);
        let got: Vec<_> = head.fields().map(|(name, value)| (show(name), show(value))).collect();
        let expected = [("Host", "a"), ("Accept", "x"), ("Accept", "y")].map(|(n, v)| (n.into(), v.into()));
        let why = "the head keeps every field line, in the order in which they came";
        assert!(got == expected, "{why}\ninput: {}\nexpected: {expected:?}\ngot: {got:?}", show(input));
    }

    #[test]
    fn takes_a_head_without_fields() {
        let head = head_of(b"GET / HTTP/1.0\r\n\r\n");
        assert_eq!(head.fields().count(), 0, "input: GET / HTTP/1.0 and a blank line");
    }

    #[test]
    fn moves_the_bytes_into_the_head_without_a_copy() {
        let bytes = GET.to_vec();
        let before = bytes.as_ptr();
        let head = parse(bytes, &Limits::default()).expect("the request is good");
        assert!(
            before == head.as_bytes().as_ptr(),
            "the bytes were copied: parse owns `head`, so it can move it into the RequestHead\n\
             input: {}\nexpected: the same address\ngot: another address",
            show(GET)
        );
    }

    #[test]
    fn names_the_fault_and_its_offset() {
        let limits = Limits::default();
        fault(b"GET / HTTP/1.1\r\nHost a\r\n\r\n", &limits, ParseError::new(Fault::NoColon, 16));
        fault(b"GET / HTTP/1.1\r\nHost : a\r\n\r\n", &limits, ParseError::new(Fault::SpaceBeforeColon, 20));
        fault(b"GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n", &limits, ParseError::new(Fault::ObsFold, 22));
        fault(b"GET / HTTP/2.0\r\n\r\n", &limits, ParseError::new(Fault::VersionUnsupported, 6));
        let too_long = ParseError::new(Fault::TargetTooLong { limit: 20 }, 24);
        fault(b"GET /twenty-one-bytes-now HTTP/1.1\r\n\r\n", &small(), too_long);
    }

    #[test]
    fn takes_as_many_fields_as_the_limit_allows() {
        let input = b"GET / HTTP/1.1\r\nHost: a\r\nA: b\r\n\r\n";
        let got = parse(input.to_vec(), &small());
        assert!(got.is_ok(), "two fields fit into a limit of two\ninput: {}\ngot: {got:?}", show(input));
    }

    #[test]
    fn refuses_one_field_too_many() {
        let input = b"GET / HTTP/1.1\r\nHost: a\r\nA: b\r\nC: d\r\n\r\n";
        fault(input, &small(), ParseError::new(Fault::TooManyFields { limit: 2 }, 31));
    }
}

mod step_3_hand_on {
    use super::*;

    /// One case: the two words that `hand_on` notes of `input`.
    fn check(input: &[u8], expected: (&str, &str), why: &str) {
        println!("{why}\ninput: {}", show(input)); // should hand_on panic, this is still shown
        let note = hand_on(head_of(input)).note;
        let got = (note.method.as_str(), note.target.as_str());
        assert!(got == expected, "{why}\ninput: {}\nexpected: {expected:?}\ngot: {got:?}", show(input));
    }

    #[test]
    fn notes_the_method_and_the_target() {
        check(GET, ("GET", "/menu?day=monday"), "the log prints these two words, and nothing else");
    }

    #[test]
    fn notes_both_words_as_the_client_spelled_them() {
        let input = b"Purge /Menu HTTP/1.1\r\nHost: a\r\n\r\n";
        check(input, ("Purge", "/Menu"), "small letters and capitals differ, in a method and in a target");
    }

    #[test]
    fn hands_on_the_same_head_without_a_copy() {
        let head = head_of(GET);
        let before = head.as_bytes().as_ptr();
        let handed = hand_on(head);
        assert!(
            before == handed.head.as_bytes().as_ptr(),
            "the head was built anew: copy the two words into the note, and move the head\n\
             input: {}\nexpected: the same address\ngot: another address",
            show(GET)
        );
    }

    #[test]
    fn notes_a_target_that_is_not_utf_8() {
        let input = b"GET /\xff HTTP/1.1\r\nHost: a\r\n\r\n";
        check(
            input,
            ("GET", "/\u{fffd}"),
            "a client may send any byte: the log shows one that is not UTF-8 as \u{fffd}",
        );
    }
}

mod step_4_recycle {
    use super::*;

    #[test]
    fn gives_back_the_start_of_the_next_request() {
        let got = recycle(head_of(GET), b"GET /next".to_vec());
        assert!(
            got == b"GET /next",
            "the bytes after the head are the next request\ninput: rest is GET /next\nexpected: GET /next\ngot: {}",
            show(&got)
        );
    }

    #[test]
    fn makes_no_third_buffer() {
        let (head, rest) = (head_of(GET), b"GET /next".to_vec());
        let owned = [head.as_bytes().as_ptr(), rest.as_ptr()];
        let got = recycle(head, rest);
        assert!(
            owned.contains(&got.as_ptr()),
            "a new buffer was allocated: recycle owns two buffers already, and one of them can go back\n\
             input: rest is GET /next\nexpected: the address of rest, or of the head's buffer\ngot: another address"
        );
    }

    #[test]
    fn gives_back_an_empty_buffer_when_nothing_is_left() {
        let got = recycle(head_of(GET), Vec::new());
        assert!(
            got.is_empty(),
            "the old request must not be read a second time\ninput: no rest\nexpected: no bytes\ngot: {}",
            show(&got)
        );
    }

    #[test]
    fn keeps_the_allocation_for_the_next_request() {
        let head = head_of(GET);
        let before = head.as_bytes().as_ptr();
        let buffer = recycle(head, Vec::new());
        assert!(
            before == buffer.as_ptr() && buffer.capacity() >= GET.len(),
            "a new buffer was allocated: the head owns one that nobody needs any more\n\
             input: no rest\nexpected: the head's buffer, at the same address\ngot: another one"
        );
    }
}
