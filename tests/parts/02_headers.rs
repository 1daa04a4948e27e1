//! A proxy asks a head the same few things again and again: which value has this field, what is in that list,
//! which fields go on, where does the body end. The head owns its bytes; every answer here borrows them.
//!
//! Each module is a step, the easiest case stands first, and a failure prints the fields, what was expected and
//! what your code gave.

use part_headers::{Elements, connection, elements, end_to_end, find, request_framing, response_framing};
use wire::{ConnectionOptions, FieldLines, Fields, Framing, FramingFault, Known, ResponseFraming, Version};

/// Names and values of some field lines.
type Listed<'a> = &'a [(&'a str, &'a str)];

fn lines(listed: Listed<'_>) -> FieldLines {
    let mut lines = FieldLines::new();
    for (name, value) in listed {
        lines.push(name.as_bytes(), value.as_bytes()).expect("the tests' own fields are good");
    }
    lines
}

fn show(bytes: &[u8]) -> String {
    bytes.escape_ascii().to_string()
}

/// Whether `slice` is a piece of the bytes that `lines` owns, and not of a copy.
fn lies_in(slice: &[u8], lines: &FieldLines) -> bool {
    lines.as_bytes().as_ptr_range().contains(&slice.as_ptr())
}

mod step_1_find {
    use super::*;

    fn check(listed: Listed<'_>, name: &str, expected: Option<&str>, why: &str) {
        let head = lines(listed);
        let got = find(head.as_fields(), name).map(show);
        let expected = expected.map(str::to_owned);
        assert!(got == expected, "{why}\nfields: {listed:?}\nname: {name}\nexpected: {expected:?}\ngot: {got:?}");
    }

    #[test]
    fn gives_the_value_of_a_field() {
        let fields = &[("Host", "cafe.example"), ("Accept", "text/html")];
        check(fields, "Accept", Some("text/html"), "the field with this name has this value");
    }

    #[test]
    fn gives_nothing_when_no_field_has_the_name() {
        check(&[], "Host", None, "there is no field at all");
        check(&[("Accept", "Host")], "Host", None, "it is a value here, and not a name");
    }

    #[test]
    fn finds_a_name_in_small_letters_and_capitals() {
        for name in ["x-table", "X-TABLE", "X-Table"] {
            check(&[("X-Table", "Seven")], name, Some("Seven"), "letters of a name are the same, small or capital");
        }
    }

    #[test]
    fn compares_whole_names() {
        check(&[("Host-Name", "a"), ("Ho", "b"), ("Hosts", "c")], "Host", None, "a piece of a name is another name");
    }

    #[test]
    fn gives_the_first_of_several() {
        check(&[("A", "1"), ("B", "2"), ("a", "3")], "A", Some("1"), "two lines have the name: the first one counts");
    }

    #[test]
    fn gives_an_empty_value_as_a_value() {
        check(&[("Accept", "")], "Accept", Some(""), "the field is there; it has nothing in it");
    }

    #[test]
    fn gives_a_value_that_outlives_the_name() {
        let head = lines(&[("Host", "cafe.example")]);
        let value = {
            let name = String::from("host");
            find(head.as_fields(), &name)
        };
        assert_eq!(value.map(show).as_deref(), Some("cafe.example"), "the value borrows from the head alone");
    }

    #[test]
    fn copies_nothing() {
        let head = lines(&[("Host", "cafe.example")]);
        let value = find(head.as_fields(), "Host").expect("Host is there");
        assert!(lies_in(value, &head), "the value was copied: expected a slice of the head's own bytes");
    }
}

mod step_2_elements {
    use super::*;

    /// More elements than any case here has: an iterator that never ends must not take the test along.
    const MOST: usize = 50;

    fn check(listed: Listed<'_>, expected: &[&str], why: &str) {
        let head = lines(listed);
        let got: Vec<String> = elements(head.as_fields(), Known::Via).map(show).take(MOST).collect();
        let expected: Vec<String> = expected.iter().map(|one| show(one.as_bytes())).collect();
        assert!(got == expected, "{why}\nfields: {listed:?}\nexpected: {expected:?}\ngot: {got:?}");
    }

    #[test]
    fn gives_each_element_of_a_line() {
        check(&[("Via", "1.1 a")], &["1.1 a"], "one element, no comma");
        check(&[("Via", "1.1 a, 1.0 b,1.1 c")], &["1.1 a", "1.0 b", "1.1 c"], "the elements stand between commas");
    }

    #[test]
    fn gives_nothing_where_no_line_has_the_name() {
        check(&[("Age", "1, 2")], &[], "the list is empty");
    }

    #[test]
    fn goes_on_with_the_next_line() {
        let fields = &[("Via", "1.1 a, 1.1 b"), ("Host", "h"), ("via", "1.1 c")];
        check(fields, &["1.1 a", "1.1 b", "1.1 c"], "RFC 9110 5.3: lines with one name are one list");
    }

    #[test]
    fn leaves_out_empty_elements() {
        check(&[("Via", ",1.1 a,, \t,1.1 b,")], &["1.1 a", "1.1 b"], "RFC 9110 5.6.1.2: empty elements do not count");
        check(&[("Via", ""), ("Via", "1.1 a")], &["1.1 a"], "an empty line is no end: the list goes on behind it");
        check(&[("Via", "1.1 a,"), ("Via", " ,"), ("Via", "1.1 b")], &["1.1 a", "1.1 b"], "nor is a line of commas");
    }

    #[test]
    fn keeps_a_comma_inside_quotes() {
        check(
            &[("Via", "1.1 a (\"b, c\"), 1.1 d")],
            &["1.1 a (\"b, c\")", "1.1 d"],
            "a quoted comma separates nothing",
        );
    }

    #[test]
    fn stays_at_its_end() {
        let head = lines(&[("Via", "1.1 a")]);
        let mut list = elements(head.as_fields(), Known::Via);
        let got = [list.next().map(show), list.next().map(show), list.next().map(show)];
        assert_eq!(got, [Some("1.1 a".to_owned()), None, None], "after the last element there is none");
    }

    #[test]
    fn passes_over_a_long_run_of_commas() {
        let value = ",".repeat(200_000);
        check(&[("Via", &value), ("Via", "1.1 a")], &["1.1 a"], "a client may send nothing but commas");
    }

    #[test]
    fn gives_elements_that_can_be_held_at_the_same_time() {
        let head = lines(&[("Via", "1.1 a, 1.1 b")]);
        let held: Vec<&[u8]> = {
            let list: Elements<'_> = elements(head.as_fields(), Known::Via);
            list.take(MOST).collect()
        };
        assert_eq!(held, [b"1.1 a", b"1.1 b"], "the elements borrow from the head, and the iterator is gone");
        assert!(held.iter().all(|one| lies_in(one, &head)), "an element was copied: expected slices of the head");
    }

    #[test]
    fn tells_what_connection_says() {
        for (value, close, keep_alive, upgrade) in [
            ("close", true, false, false),
            ("Keep-Alive, UPGRADE", false, true, true),
            ("x-close, closed", false, false, false),
            ("", false, false, false),
        ] {
            let head = lines(&[("Connection", value)]);
            let expected = ConnectionOptions { close, keep_alive, upgrade };
            assert_eq!(connection(head.as_fields()), expected, "fields: Connection: {value}");
        }
    }
}

mod step_3_end_to_end {
    use super::*;

    fn check(listed: Listed<'_>, expected: &[&str], why: &str) {
        let head = lines(listed);
        let got: Vec<String> = end_to_end(head.as_fields()).map(|field| show(field.name)).collect();
        assert!(got == expected, "{why}\nfields: {listed:?}\nexpected: {expected:?}\ngot: {got:?}");
    }

    #[test]
    fn keeps_what_is_meant_for_the_far_end() {
        let fields = &[("Host", "h"), ("X-Table", "7"), ("Cookie", "a=b"), ("x-table", "8")];
        check(fields, &["Host", "X-Table", "Cookie", "x-table"], "these fields go on, in their order");
    }

    #[test]
    fn drops_what_ends_at_this_hop() {
        let fields = &[
            ("Connection", "close"),
            ("Keep-Alive", "timeout=5"),
            ("proxy-connection", "close"),
            ("TE", "trailers"),
            ("Trailer", "X-Sum"),
            ("Transfer-Encoding", "chunked"),
            ("Upgrade", "h2c"),
            ("Accept", "text/html"),
        ];
        check(
            fields,
            &["Accept"],
            "RFC 9110 7.6.1: these fields are about this connection, named by Connection or not",
        );
    }

    #[test]
    fn drops_what_connection_names() {
        let fields = &[("X-Hop", "1"), ("Connection", "X-Hop"), ("X-Table", "7"), ("X-Hop", "2")];
        check(fields, &["X-Table"], "Connection names X-Hop, so each X-Hop ends here, before and behind it");
    }

    #[test]
    fn drops_a_name_in_small_letters_and_capitals() {
        check(&[("X-HOP", "1"), ("Connection", "x-hop")], &[], "letters of a name are the same, small or capital");
    }

    #[test]
    fn reads_every_line_of_connection() {
        let fields = &[("Connection", "close, X-One"), ("Connection", ", X-Two"), ("X-One", "1"), ("X-Two", "2")];
        check(fields, &[], "the second line is as good as the first");
    }

    #[test]
    fn keeps_a_field_whose_name_is_only_like_it() {
        let fields = &[("Connection", "X-Hop"), ("X-Ho", "1"), ("X-Hops", "2")];
        check(fields, &["X-Ho", "X-Hops"], "a piece of a name is another name");
    }

    #[test]
    fn keeps_what_connection_may_not_take_away() {
        let fields = &[
            ("Connection", "Host, Content-Length, Cookie, X-Forwarded-For"),
            ("Host", "h"),
            ("Content-Length", "5"),
            ("Cookie", "a=b"),
            ("X-Forwarded-For", "192.0.2.1"),
        ];
        let kept = &["Host", "Content-Length", "Cookie", "X-Forwarded-For"];
        check(fields, kept, "whoever takes these away wants the next server to see another request than we did");
    }

    #[test]
    fn copies_nothing() {
        let head = lines(&[("X-Table", "7"), ("Connection", "close")]);
        let fields: Vec<_> = end_to_end(head.as_fields()).collect();
        assert_eq!(fields.len(), 1, "X-Table goes on, and Connection does not");
        assert!(lies_in(fields[0].value, &head), "the field was copied: expected slices of the head's own bytes");
    }
}

mod step_4_framing {
    use super::*;

    fn check(listed: Listed<'_>, expected: Result<Framing, FramingFault>, why: &str) {
        let head = lines(listed);
        let got = request_framing(head.as_fields(), Version::Http11);
        assert!(got == expected, "{why}\nfields: {listed:?}\nexpected: {expected:?}\ngot: {got:?}");
    }

    fn refused(value: &str, fault: FramingFault, why: &str) {
        check(&[("Content-Length", value)], Err(fault), why);
    }

    #[test]
    fn a_request_without_a_length_has_no_body() {
        check(&[("Host", "h")], Ok(Framing::Empty), "neither Content-Length nor Transfer-Encoding is there");
    }

    #[test]
    fn a_length_is_a_number() {
        check(&[("Content-Length", "5")], Ok(Framing::Length(5)), "five bytes follow");
        check(&[("content-length", "0")], Ok(Framing::Length(0)), "a body of no byte was announced");
        let most = u64::MAX.to_string();
        check(&[("Content-Length", &most)], Ok(Framing::Length(u64::MAX)), "64 bits are enough for this one");
    }

    #[test]
    fn equal_lengths_are_one_length() {
        check(&[("Content-Length", "5, 5")], Ok(Framing::Length(5)), "the same number twice is one number");
        let twice = &[("Content-Length", "5"), ("Content-Length", "05")];
        check(twice, Ok(Framing::Length(5)), "they are compared as numbers, and 05 is 5");
    }

    #[test]
    fn lengths_that_differ_are_refused() {
        let why = "two lengths: the next server may believe the other one, and that is how a request is smuggled";
        refused("5, 6", FramingFault::LengthsDiffer, why);
        let lines = &[("Content-Length", "5"), ("Host", "h"), ("Content-Length", "6")];
        check(lines, Err(FramingFault::LengthsDiffer), why);
        let first_again = &[("Content-Length", "5, 6"), ("Content-Length", "5")];
        check(first_again, Err(FramingFault::LengthsDiffer), why);
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for value in ["", "+5", "-5", "0x5", "5 5", "five", "18446744073709551616", "99999999999999999999"] {
            refused(value, FramingFault::Length, "Content-Length is digits and nothing else, and fits into 64 bits");
        }
        let later = &[("Content-Length", "5"), ("Content-Length", "x")];
        check(later, Err(FramingFault::Length), "the second line counts as much as the first");
    }

    #[test]
    fn an_empty_element_is_no_length() {
        refused("5,", FramingFault::Length, "some readers see two lengths here, and one of them is empty");
        refused(", 5", FramingFault::Length, "some readers see two lengths here, and one of them is empty");
    }

    #[test]
    fn a_transfer_encoding_is_chunked_or_refused() {
        check(&[("Host", "h")], Ok(Framing::Empty), "no coding, no body");
        check(&[("Transfer-Encoding", "Chunked")], Ok(Framing::Chunked), "the body ends with its last chunk");
        for value in [", chunked", "chunked,", ",, chunked ,"] {
            let listed = &[("Transfer-Encoding", value), ("Transfer-Encoding", "")];
            check(listed, Ok(Framing::Chunked), "RFC 9110 5.6.1.2: empty elements do not count");
        }
        for (value, fault) in [
            ("", FramingFault::ChunkedNotLast),
            ("gzip", FramingFault::ChunkedNotLast),
            ("chunked, gzip", FramingFault::ChunkedNotLast),
            ("chunked, chunked", FramingFault::ChunkedNotLast),
            ("chunked;a=b", FramingFault::ChunkedNotLast),
            ("gzip, chunked", FramingFault::UnknownCoding),
            (",", FramingFault::ChunkedNotLast),
            ("chunked,, chunked", FramingFault::ChunkedNotLast),
            ("gzip,, chunked", FramingFault::UnknownCoding),
            ("xchunked", FramingFault::UnknownCoding),
            ("identity, chunked", FramingFault::UnknownCoding),
        ] {
            check(&[("Transfer-Encoding", value)], Err(fault), "chunked, alone and without parameters, or nothing");
        }
        let both = &[("Content-Length", "5"), ("Transfer-Encoding", "chunked")];
        check(both, Err(FramingFault::Both), "RFC 9112 6.1: two lengths");
        let old = lines(&[("Transfer-Encoding", "chunked")]);
        let got = request_framing(old.as_fields(), Version::Http10);
        assert_eq!(got, Err(FramingFault::CodingInHttp10), "HTTP/1.0 has no Transfer-Encoding");
    }

    #[test]
    fn a_response_may_end_with_the_connection() {
        let of = |listed: Listed<'_>, status, answers_head| {
            let head = lines(listed);
            let fields: Fields<'_> = head.as_fields();
            response_framing(fields, Version::Http11, status, answers_head)
        };
        let is = |framing, length| Ok(ResponseFraming { framing, length });
        let five: Listed<'_> = &[("Content-Length", "5")];
        assert_eq!(of(&[], 200, false), is(Framing::UntilClose, None), "no length");
        assert_eq!(of(five, 200, false), is(Framing::Length(5), Some(5)), "a length");
        assert_eq!(of(&[("Transfer-Encoding", "chunked")], 200, false), is(Framing::Chunked, None), "chunked");
        assert_eq!(of(five, 200, true), is(Framing::Empty, Some(5)), "the answer to HEAD has no body");
        assert_eq!(of(five, 304, false), is(Framing::Empty, Some(5)), "a 304 has no body");
        for status in [100, 103, 199, 204] {
            assert_eq!(of(five, status, false), is(Framing::Empty, None), "a {status} has no body, and no length");
        }
        assert_eq!(of(&[("Content-Length", "x")], 200, true), Err(FramingFault::Length), "faults count");
    }
}
