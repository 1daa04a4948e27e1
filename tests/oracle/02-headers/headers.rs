//! Part 02 before the oracle: pins the types with their lifetimes, and tells which slices were lent.

use oracle_support::{Input, answer_all, listed, shown};
use part_headers::Elements;
use wire::{ConnectionOptions, Field, FieldLines, Fields, Framing, FramingFault, Known, ResponseFraming, Version};

/// More elements than any case has: an iterator that never ends has to end here.
const MOST: usize = 2000;

fn main() {
    answer_all(answer);
}

/// The value lives as long as the head, and not as long as the name.
type Find = for<'a, 'n> fn(Fields<'a>, &'n str) -> Option<&'a [u8]>;

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let find: Find = part_headers::find;
    let connection: fn(Fields<'_>) -> ConnectionOptions = part_headers::connection;
    let request_framing: fn(Fields<'_>, Version) -> Result<Framing, FramingFault> = part_headers::request_framing;
    let response_framing: fn(Fields<'_>, Version, u16, bool) -> Result<ResponseFraming, FramingFault> =
        part_headers::response_framing;
    let lines = field_lines(input);
    let fields = lines.as_fields();
    match call {
        "Find" => {
            let value = find(fields, &input.text());
            value.map_or_else(|| String::from("nothing"), |value| lent(value, &lines))
        }
        "Elements" => {
            let name = Known::of(&input.bytes()).expect("the case maker sends known names");
            listed(all_elements(fields, name).into_iter().map(|element| lent(element, &lines)))
        }
        "AtTheEnd" => {
            let mut list = part_headers::elements(fields, Known::Via);
            let count = list.by_ref().take(MOST).count();
            format!("{count}, then {:?}", [list.next().is_some(), list.next().is_some()])
        }
        "Connection" => format!("{:?}", connection(fields)),
        "EndToEnd" => {
            let kept: Vec<Field<'_>> = all_that_travel_on(fields);
            listed(kept.into_iter().map(|field| format!("{}: {}", shown(field.name), lent(field.value, &lines))))
        }
        "RequestFraming" => format!("{:?}", request_framing(fields, version(input))),
        "ResponseFraming" => {
            let (version, status, answers_head) = (version(input), input.number(), input.flag());
            let status = u16::try_from(status).expect("the case maker sends a status");
            format!("{:?}", response_framing(fields, version, status, answers_head))
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}

/// The elements outlive their iterator: they are lent by the head.
fn all_elements<'a>(fields: Fields<'a>, name: Known) -> Vec<&'a [u8]> {
    let elements: for<'b> fn(Fields<'b>, Known) -> Elements<'b> = part_headers::elements;
    elements(fields, name).take(MOST).collect()
}

fn all_that_travel_on<'a>(fields: Fields<'a>) -> Vec<Field<'a>> {
    part_headers::end_to_end(fields).take(MOST).collect()
}

/// A slice, and whether it is a piece of the bytes that `lines` owns; an empty one has no bytes to copy.
fn lent(slice: &[u8], lines: &FieldLines) -> String {
    let inside = slice.is_empty() || lines.as_bytes().as_ptr_range().contains(&slice.as_ptr());
    format!("{}{}", shown(slice), if inside { "" } else { " (a copy)" })
}

fn field_lines(input: &mut Input<'_>) -> FieldLines {
    let mut lines = FieldLines::new();
    for (name, value) in input.list(|input| (input.bytes(), input.bytes())) {
        lines.push(&name, &value).expect("the case maker sends good fields");
    }
    lines
}

fn version(input: &mut Input<'_>) -> Version {
    if input.flag() { Version::Http10 } else { Version::Http11 }
}
