//! What holds for any bytes that come where a head should be.
//!
//! Owns two claims, each a function that panics when its claim is wrong. They are called with inputs from the
//! properties, from the stored corpus and from the fuzzer. Leaves out which fault a bad head has: the
//! specification of the part says that.

use part_request::{cut, hand_on, parse, recycle};
use wire::{Cut, Fault, Limits, RequestHead, ResponseHead, Version, syntax};

/// So small that short inputs reach every limit.
fn small() -> Limits {
    Limits { head: 96, target: 24, fields: 3 }
}

/// A request head is cut, parsed, handed on and recycled without a panic, and no byte is lost or invented.
pub(crate) fn request_head(input: &[u8]) {
    for limits in [Limits::default(), small()] {
        let begin = syntax::leading_empty_lines(input);
        match cut(input.to_vec(), &limits) {
            Ok(Cut::Complete { head, rest }) => {
                assert_eq!([head.as_slice(), &rest].concat(), &input[begin..], "the two halves are the whole");
                assert_eq!(syntax::end_of_head(&head), Some(head.len()), "the head ends with its blank line");
                assert!(head.len() <= limits.head, "the head is within its limit");
                complete_head(head, rest, &limits);
            }
            Ok(Cut::Partial(buffer)) => {
                assert_eq!(buffer, &input[begin..], "every byte comes back");
                assert_eq!(syntax::end_of_head(&buffer), None, "a head that is all there is not partial");
                assert!(buffer.len() <= limits.head, "nobody waits for a head that can't fit");
            }
            Err(error) => {
                assert_eq!(error.fault, Fault::HeadTooLong { limit: limits.head });
                assert!(error.offset <= input.len(), "{error} lies outside of the input");
            }
        }
    }
}

fn complete_head(bytes: Vec<u8>, rest: Vec<u8>, limits: &Limits) {
    let head = match parse(bytes.clone(), limits) {
        Ok(head) => head,
        Err(error) => {
            assert!(error.offset <= bytes.len(), "{error} lies outside of the head");
            return;
        }
    };
    assert_eq!(head.as_bytes(), bytes, "the head keeps its bytes");
    assert!(!head.method().is_empty() && head.method().iter().copied().all(syntax::is_token_byte));
    assert!(!head.target().is_empty() && head.target().iter().copied().all(syntax::is_target_byte));
    assert!(head.target().len() <= limits.target, "the target is within its limit");
    assert!(head.fields().count() <= limits.fields, "the fields are within their limit");
    fields_are_legal(head.fields());

    let words = [head.method(), b" ", head.target(), b" ", version(head.version())].concat();
    let again = parse(printed(&words, head.fields()), &Limits::default()).expect("what a head says is a head");
    assert_eq!(said(&again), said(&head), "a head that is written as we read it reads the same");

    let (method, target) = (lossy(head.method()), lossy(head.target()));
    let handed = hand_on(head);
    assert_eq!((handed.note.method, handed.note.target), (method, target), "the note is for this request");
    assert_eq!(handed.head.as_bytes(), bytes, "the head travels on as it was");
    assert_eq!(recycle(handed.head, rest.clone()), rest, "the next request loses no byte, and gets none of this one");
}

/// A response head is parsed without a panic, and says the same when it is written as it was read.
pub(crate) fn response_head(input: &[u8]) {
    for most_fields in [100, 3] {
        let head = match ResponseHead::parse(input.to_vec(), most_fields) {
            Ok(head) => head,
            Err(error) => {
                assert!(error.offset <= input.len(), "{error} lies outside of the input");
                continue;
            }
        };
        assert!((100..=599).contains(&head.status()), "the status has a class");
        assert!(head.reason().iter().copied().all(syntax::is_value_byte), "the reason stays within its line");
        assert!(head.fields().count() <= most_fields, "the fields are within their limit");
        fields_are_legal(head.fields());

        let status = head.status().to_string();
        let words = [version(head.version()), b" ", status.as_bytes(), b" ", head.reason()].concat();
        let again =
            ResponseHead::parse(printed(&words, head.fields()), most_fields).expect("what a head says is a head");
        assert_eq!((again.version(), again.status()), (head.version(), head.status()));
        assert_eq!(again.reason(), head.reason());
        assert!(again.fields().eq(head.fields()), "a head that is written as we read it reads the same");
        assert_eq!(head.into_bytes(), input, "the buffer comes back whole");
    }
}

/// A name is a token; a value stays within its line and has no white space around it. So whoever writes the
/// field down again writes one field, and not two.
fn fields_are_legal<'a>(fields: impl Iterator<Item = (&'a [u8], &'a [u8])>) {
    for (name, value) in fields {
        assert!(!name.is_empty() && name.iter().copied().all(syntax::is_token_byte), "{}", name.escape_ascii());
        assert!(value.iter().copied().all(syntax::is_value_byte), "{}", value.escape_ascii());
        assert_eq!(value, value.trim_ascii(), "the white space around a value is not part of it");
    }
}

/// A head that begins with `words` and has `fields`.
fn printed<'a>(words: &[u8], fields: impl Iterator<Item = (&'a [u8], &'a [u8])>) -> Vec<u8> {
    let lines = fields.flat_map(|(name, value)| [name, b": ", value, b"\r\n"]);
    [words, b"\r\n"].into_iter().chain(lines).chain([b"\r\n".as_slice()]).flatten().copied().collect()
}

fn version(version: Version) -> &'static [u8] {
    match version {
        Version::Http10 => b"HTTP/1.0",
        Version::Http11 => b"HTTP/1.1",
    }
}

/// Everything that a head says, without the bytes that it says it with.
type Said<'a> = (&'a [u8], &'a [u8], Version, Vec<(&'a [u8], &'a [u8])>);

fn said(head: &RequestHead) -> Said<'_> {
    (head.method(), head.target(), head.version(), head.fields().collect())
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
