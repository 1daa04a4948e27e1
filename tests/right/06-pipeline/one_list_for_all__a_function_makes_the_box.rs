//! exercise = "06-pipeline/one_list_for_all"
//! mark = "body"
//! shape = "a function that gives a box, and no type on the list"

/// Filters, in the order in which they run.
pub struct Chain {
    filters: Vec<Box<dyn Filter>>,
}

fn filter(word: &str) -> Box<dyn Filter> {
    if word == "old-menu" { Box::new(OldMenu) } else { Box::new(Prefix { text: String::from(word) }) }
}

/// The filters that a rule file names: `old-menu`, and any other word is a prefix.
pub fn chain(words: &[&str]) -> Chain {
    Chain { filters: words.iter().map(|word| filter(word)).collect() }
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
