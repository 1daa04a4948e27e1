//! Not yours to write: the status page prints the counts of all filters, and `Display` says how.
//!
//! `Display` belongs to std, and so does `Vec`. If any crate could implement one for the other, two crates would, and
//! rustc could not tell which of the two a third one means. So one of the two has to be yours.
//! A struct around the list is yours. It costs nothing at run time.
//! Give the list a type of your own, and let `page` use it.

use std::fmt;

/// How often one filter ran, and how often it had nothing to do.
pub struct FilterCount {
    pub name: String,
    pub ran: u64,
    pub skipped: u64,
}

impl fmt::Display for Vec<FilterCount> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for count in self {
            writeln!(f, "{}: ran {}, skipped {}", count.name, count.ran, count.skipped)?;
        }
        Ok(())
    }
}

/// The status page: one line a filter.
pub fn page(counts: Vec<FilterCount>) -> String {
    format!("filters\n{}", counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(counts: &[(&str, u64, u64)], expected: &str, why: &str) {
        let list = counts.iter().map(|&(name, ran, skipped)| FilterCount { name: String::from(name), ran, skipped });
        let got = page(list.collect());
        assert_eq!(got, expected, "{why}\ninput: {counts:?} (name, ran, skipped)");
    }

    #[test]
    fn prints_a_line_for_each_filter() {
        check(&[("block", 2, 5)], "filters\nblock: ran 2, skipped 5\n", "one filter has one line");
        let two = [("block", 2, 5), ("rewrite", 0, 7)];
        check(&two, "filters\nblock: ran 2, skipped 5\nrewrite: ran 0, skipped 7\n", "in the order of the list");
    }

    #[test]
    fn prints_the_heading_alone_without_filters() {
        check(&[], "filters\n", "no filter, no line");
    }
}
