//! The drill `two_words_at_once` before the oracle: words that outlive the `Words` they came from.

use oracle_support::{Input, answer_all, largest_allocation, listed};
use two_words_at_once::Words;

/// More words than any case has: an iterator that never goes on must end here.
const MOST: usize = 200;

fn main() {
    answer_all(answer);
}

/// The word lives as long as the line, and not as long as the loan of the `Words`.
type NextWord<'line> = for<'words> fn(&'words mut Words<'line>) -> Option<&'line str>;

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let line = input.text();
    match call {
        "AllWords" => {
            let mut held: Vec<&str> = Vec::with_capacity(MOST);
            let (largest, ()) = largest_allocation(|| put_all(&line, &mut held));
            let lent = held.iter().all(|word| line.as_bytes().as_ptr_range().contains(&word.as_ptr()));
            format!("{}, slices of the line: {}", listed(held.into_iter().map(str::to_owned)), lent && largest == 0)
        }
        "LogLine" => {
            let log_line: fn(&str) -> Option<String> = two_words_at_once::log_line;
            format!("{:?}", log_line(&line))
        }
        other => unreachable!("the case maker has no call {other}"),
    }
}

/// The words stay when the `Words` are gone. One call more than there are words: after the last one there is none.
fn put_all<'line>(line: &'line str, held: &mut Vec<&'line str>) {
    let next_word: NextWord<'line> = Words::next_word;
    let mut words = Words::of(line);
    while let Some(word) = next_word(&mut words) {
        held.push(word);
        if held.len() == MOST {
            return;
        }
    }
    assert!(next_word(&mut words).is_none(), "a word came after the last one");
}
