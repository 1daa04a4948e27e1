//! The drill `lower_if_needed` before the oracle: which of the two a `Cow` is, and whether a copy was made for it.

use oracle_support::{Input, answer_all, largest_allocation};
use std::borrow::Cow;

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let small_letters: for<'name> fn(&'name str) -> Cow<'name, str> = lower_if_needed::small_letters;
    match call {
        "SmallLetters" => {
            let name = input.text();
            let (largest, got) = largest_allocation(|| small_letters(&name));
            let (which, text): (&str, &str) = match &got {
                Cow::Borrowed(lent) => ("lent", lent),
                Cow::Owned(own) => ("its own", own),
            };
            let the_same = text.as_ptr() == name.as_ptr();
            // A copy of a name without capitals was not needed, even if it is thrown away again.
            let wasted = which == "lent" && largest > 0;
            format!("{text:?}, {which}, the name itself: {the_same}, a needless copy: {wasted}")
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}
