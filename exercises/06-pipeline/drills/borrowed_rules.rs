//! Borrowed rules: a filter may look into the rule file. Then the chain that keeps it may not outlive the file.
//!
//! `Box<dyn Filter>` in a struct means `Box<dyn Filter + 'static>`: what is in the box borrows from nobody.
//! `F: Filter` says nothing about that: `F` may well borrow, so rustc refuses to put it into such a box.
//! The filters here do borrow, from the text of the rule file, and nobody wants to copy it.
//! Say how long they have to live, with a lifetime `'r`: on the struct, on the box, and on `F`.

/// A filter that refuses paths.
pub trait Filter {
    fn refuses(&self, path: &str) -> bool;
}

/// Refuses what begins with a prefix. The prefix lies in the rule file.
pub struct Closed<'r> {
    pub prefix: &'r str,
}

impl Filter for Closed<'_> {
    fn refuses(&self, path: &str) -> bool {
        path.starts_with(self.prefix)
    }
}

/// Filters, in the order in which they are asked.
pub struct Chain {
    filters: Vec<Box<dyn Filter>>,
}

/// The chain for a rule file: a prefix on each line.
pub fn chain(file: &str) -> Chain {
    let mut chain = Chain { filters: Vec::new() };
    for prefix in file.lines() {
        chain.add(Closed { prefix });
    }
    chain
}

impl Chain {
    /// Adds a filter, which is asked last.
    pub fn add<F: Filter>(&mut self, filter: F) {
        self.filters.push(Box::new(filter));
    }

    /// The place of the first filter that refuses `path`.
    pub fn refused_by(&self, path: &str) -> Option<usize> {
        self.filters.iter().position(|filter| filter.refuses(path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(file: &str, path: &str, expected: Option<usize>, why: &str) {
        let got = chain(file).refused_by(path);
        assert_eq!(got, expected, "{why}\ninput: {path}, and the rule file {file:?}");
    }

    #[test]
    fn refuses_what_a_line_closes() {
        check("/admin\n/.git", "/admin/users", Some(0), "the first line closes it");
        check("/admin\n/.git", "/.git/config", Some(1), "the second line closes it");
    }

    #[test]
    fn lets_pass_what_no_line_closes() {
        check("/admin\n/.git", "/menu", None, "no line closes it");
        check("", "/menu", None, "an empty file closes nothing");
    }

    #[test]
    fn the_first_line_that_closes_it_counts() {
        check("/a\n/admin", "/admin", Some(0), "filters are asked in the order of the file");
    }

    #[test]
    fn keeps_a_filter_that_borrows_from_elsewhere() {
        let prefix = format!("/tmp-{}", std::process::id());
        let mut chain = chain("/admin");
        chain.add(Closed { prefix: &prefix });
        let got = chain.refused_by(&prefix);
        assert_eq!(got, Some(1), "a filter may borrow from any text that outlives the chain\ninput: {prefix}");
    }
}
