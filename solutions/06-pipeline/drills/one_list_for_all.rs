//! One list for all: the rule file names the filters, so nobody knows their types before the proxy runs.
//!
//! `Vec<F>` is a list of one type, whichever it is. `OldMenu` and `Prefix` are two types of different size.
//! A `Box<dyn Filter>` is always of the same size: it says where the filter lies, and where its methods are.
//! Make the list one of boxes, so that it holds any filter, in any order.

/// A filter that gives a path a new form.
pub trait Filter {
    fn rewrite(&self, path: &str) -> String;
}

/// Sends old bookmarks to the new menu.
pub struct OldMenu;

impl Filter for OldMenu {
    fn rewrite(&self, path: &str) -> String {
        String::from(if path == "/old-menu" { "/menu" } else { path })
    }
}

/// Puts a text in front of every path.
pub struct Prefix {
    pub text: String,
}

impl Filter for Prefix {
    fn rewrite(&self, path: &str) -> String {
        format!("{}{path}", self.text)
    }
}

// exercise: begin
/// Filters, in the order in which they run.
pub struct Chain {
    filters: Vec<Box<dyn Filter>>,
}

/// The filters that a rule file names: `old-menu`, and any other word is a prefix.
pub fn chain(words: &[&str]) -> Chain {
    let mut filters: Vec<Box<dyn Filter>> = Vec::new();
    for word in words {
        match *word {
            "old-menu" => filters.push(Box::new(OldMenu)),
            prefix => filters.push(Box::new(Prefix { text: String::from(prefix) })),
        }
    }
    Chain { filters }
}

impl Chain {
    /// What becomes of `path`, after every filter.
    pub fn run(&self, path: &str) -> String {
        let mut path = String::from(path);
        for filter in &self.filters {
            path = filter.rewrite(&path);
        }
        path
    }
}
// exercise: stub
// /// Filters, in the order in which they run.
// pub struct Chain<F> {
//     filters: Vec<F>,
// }
//
// /// The filters that a rule file names: `old-menu`, and any other word is a prefix.
// pub fn chain(words: &[&str]) -> Chain<OldMenu> {
//     let mut filters = Vec::new();
//     for word in words {
//         match *word {
//             "old-menu" => filters.push(OldMenu),
//             prefix => filters.push(Prefix { text: String::from(prefix) }),
//         }
//     }
//     Chain { filters }
// }
//
// impl<F: Filter> Chain<F> {
//     /// What becomes of `path`, after every filter.
//     pub fn run(&self, path: &str) -> String {
//         let mut path = String::from(path);
//         for filter in &self.filters {
//             path = filter.rewrite(&path);
//         }
//         path
//     }
// }
// exercise: end

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &[&str], path: &str, expected: &str, why: &str) {
        let got = chain(words).run(path);
        assert_eq!(got, expected, "{why}\ninput: {path} through the filters {words:?}");
    }

    #[test]
    fn one_filter_runs() {
        check(&["old-menu"], "/old-menu", "/menu", "old bookmarks go to the new menu");
        check(&["/app"], "/menu", "/app/menu", "the prefix goes in front");
    }

    #[test]
    fn no_filter_changes_nothing() {
        check(&[], "/menu", "/menu", "an empty list leaves the path alone");
    }

    #[test]
    fn filters_of_two_types_stand_in_one_list() {
        check(&["old-menu", "/app"], "/old-menu", "/app/menu", "both filters run");
        check(&["/a", "old-menu", "/b"], "/tea", "/b/a/tea", "all three filters run");
    }

    #[test]
    fn they_run_in_the_order_of_the_file() {
        check(&["/app", "old-menu"], "/old-menu", "/app/old-menu", "behind the prefix, it is no old bookmark any more");
        check(&["/a", "/b"], "/", "/b/a/", "the later one stands in front");
    }
}
