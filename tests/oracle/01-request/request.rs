//! Part 01 before the oracle: pins the types, calls each function, and tells what came back.

use oracle_support::{Input, answer_all, listed, shown};
use wire::{Cut, FieldSpan, Handed, Limits, ParseError, RequestHead, syntax};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let cut: fn(Vec<u8>, &Limits) -> Result<Cut, ParseError> = part_request::cut;
    let parse: fn(Vec<u8>, &Limits) -> Result<RequestHead, ParseError> = part_request::parse;
    let hand_on: fn(RequestHead) -> Handed = part_request::hand_on;
    let recycle: fn(RequestHead, Vec<u8>) -> Vec<u8> = part_request::recycle;
    match call {
        "Cut" => {
            let buffer = input.bytes();
            let limits = Limits { head: input.size(), ..Limits::default() };
            let before = buffer.as_ptr();
            match cut(buffer, &limits) {
                Ok(Cut::Complete { head, rest }) => {
                    let kept = [head.as_ptr(), rest.as_ptr()].contains(&before);
                    format!("Complete, head: {}, rest: {}, one half stayed: {kept}", shown(&head), shown(&rest))
                }
                Ok(Cut::Partial(buffer)) => {
                    format!("Partial: {}, the same buffer: {}", shown(&buffer), buffer.as_ptr() == before)
                }
                Err(error) => format!("{error:?}"),
            }
        }
        "Parse" => {
            let bytes = input.bytes();
            let limits = Limits { target: input.size(), fields: input.size(), ..Limits::default() };
            let before = bytes.as_ptr();
            match parse(bytes, &limits) {
                Ok(head) => format!("{}, the same bytes: {}", told(&head), head.as_bytes().as_ptr() == before),
                Err(error) => format!("{error:?}"),
            }
        }
        "HandOn" => {
            let head = good_head(input.bytes());
            let before = head.as_bytes().as_ptr();
            let Handed { note, head } = hand_on(head);
            let same = head.as_bytes().as_ptr() == before;
            format!("{note:?}, {}, the same bytes: {same}", told(&head))
        }
        "Recycle" => {
            let (head, rest) = (good_head(input.bytes()), input.bytes());
            let (room, heads, rests) = (head.as_bytes().len(), head.as_bytes().as_ptr(), rest.as_ptr());
            let kept = !rest.is_empty();
            let buffer = recycle(head, rest);
            // With bytes left, either buffer may carry them; with none, only the head's has room for the next request.
            let own = buffer.as_ptr() == heads || (kept && buffer.as_ptr() == rests);
            let roomy = kept || buffer.capacity() >= room;
            format!("{}, one of the two buffers: {own}, with room: {roomy}", shown(&buffer))
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}

/// A head made without the learner's `parse`, so that each step is judged alone.
fn good_head(bytes: Vec<u8>) -> RequestHead {
    let limits = Limits::default();
    let mut lines = syntax::line_spans(&bytes).expect("the case maker sends good heads").into_iter();
    let line = syntax::request_line(&bytes, lines.next(), limits.target).expect("the case maker sends good heads");
    let fields: Vec<FieldSpan> =
        syntax::field_lines(&bytes, lines, limits.fields).expect("the case maker sends good heads");
    RequestHead::new(bytes, line, fields)
}

fn told(head: &RequestHead) -> String {
    let fields = head.fields().flat_map(|(name, value)| [shown(name), shown(value)]);
    let (method, target) = (shown(head.method()), shown(head.target()));
    format!("{method} {target} {:?}, fields: {}, all: {}", head.version(), listed(fields), shown(head.as_bytes()))
}
