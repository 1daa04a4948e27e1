//! The drill `note_for_the_log` before the oracle.

use note_for_the_log::{Fields, Head, Note, Upstream};
use oracle_support::{Input, answer_all, largest_allocation, listed};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let hand_on: fn(Head) -> (Note, Upstream) = note_for_the_log::hand_on;
    match call {
        "HandOn" => {
            let (method, path): (String, String) = (input.text(), input.text());
            let lines: Vec<String> = input.list(Input::text);
            let before = lines.as_ptr();
            // The list of lines is longer than each of the two words, so that a copy of it stands out.
            let size = lines.len() * size_of::<String>();
            let head = Head { method, path, fields: Fields { lines } };
            let (largest, (note, upstream)) = largest_allocation(|| hand_on(head));
            let Head { method, path, fields } = upstream.head;
            let lines: Vec<String> = fields.lines;
            let noted: (String, String) = (note.method, note.path);
            let (same, copied) = (lines.as_ptr() == before, size > 0 && largest >= size);
            let lines = listed(lines);
            format!("{noted:?}, {method:?} {path:?} {lines}, the same: {same}, the fields were copied: {copied}")
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}
