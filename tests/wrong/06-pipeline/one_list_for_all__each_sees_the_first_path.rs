//! exercise = "06-pipeline/one_list_for_all"
//! mark = "body"
//! misconception = "every filter gets the path as it came"
//! fails = "filters_of_two_types_stand_in_one_list"
//! says = "both filters run"

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
        let mut changed = String::from(path);
        for filter in &self.filters {
            changed = filter.rewrite(path);
        }
        changed
    }
}
