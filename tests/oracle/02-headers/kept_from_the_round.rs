//! The drill `kept_from_the_round` before the oracle: the type pins the loan, and every copy is seen.

use oracle_support::{Input, answer_all, largest_allocation, listed};

fn main() {
    answer_all(answer);
}

/// What is put into the caller's list is borrowed from the header value, and from nobody else.
type PutElements = for<'list, 'found> fn(&'list str, &'found mut Vec<&'list str>);

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let put_elements: PutElements = kept_from_the_round::put_elements;
    match call {
        "PutElements" => {
            let before: Vec<String> = input.list(Input::text);
            let list = input.text();
            let mut found: Vec<&str> = before.iter().map(String::as_str).collect();
            // There is room for all of them, so the caller's list asks for no memory.
            found.reserve(list.len() + 1);
            let (largest, ()) = largest_allocation(|| put_elements(&list, &mut found));
            let inside = |element: &&str| list.as_bytes().as_ptr_range().contains(&element.as_ptr());
            let lent = found[before.len().min(found.len())..].iter().all(inside);
            let told = listed(found.into_iter().map(str::to_owned));
            format!("{told}, slices of the list: {lent}, memory was asked for: {}", largest > 0)
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}
