//! exercise = "06-pipeline/one_list_for_all"
//! mark = "body"
//! shape = "the struct stays generic, and a box of a filter becomes a filter"

impl Filter for Box<dyn Filter> {
    fn rewrite(&self, path: &str) -> String {
        (**self).rewrite(path)
    }
}

/// Filters, in the order in which they run.
pub struct Chain<F> {
    filters: Vec<F>,
}

/// The filters that a rule file names: `old-menu`, and any other word is a prefix.
pub fn chain(words: &[&str]) -> Chain<Box<dyn Filter>> {
    let mut filters: Vec<Box<dyn Filter>> = Vec::new();
    for word in words {
        match *word {
            "old-menu" => filters.push(Box::new(OldMenu)),
            prefix => filters.push(Box::new(Prefix { text: String::from(prefix) })),
        }
    }
    Chain { filters }
}

impl<F: Filter> Chain<F> {
    /// What becomes of `path`, after every filter.
    pub fn run(&self, path: &str) -> String {
        let mut path = String::from(path);
        for filter in &self.filters {
            path = filter.rewrite(&path);
        }
        path
    }
}
