//! exercise = "06-pipeline/one_list_for_all"
//! mark = "body"
//! misconception = "the name of a trait is a type"
//! fails = "E0782"
//! says = "`dyn Filter`"

/// Filters, in the order in which they run.
pub struct Chain {
    filters: Vec<Box<Filter>>,
}

/// The filters that a rule file names: `old-menu`, and any other word is a prefix.
pub fn chain(words: &[&str]) -> Chain {
    let mut filters: Vec<Box<Filter>> = Vec::new();
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
