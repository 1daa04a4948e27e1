//! exercise = "06-pipeline/one_list_for_all"
//! mark = "body"
//! misconception = "`impl Filter` as a result means any filter"
//! fails = "E0308"
//! says = "one type"

/// Filters, in the order in which they run.
pub struct Chain<F> {
    filters: Vec<F>,
}

/// The filters that a rule file names: `old-menu`, and any other word is a prefix.
pub fn chain(words: &[&str]) -> Chain<impl Filter> {
    let mut filters = Vec::new();
    for word in words {
        match *word {
            "old-menu" => filters.push(OldMenu),
            prefix => filters.push(Prefix { text: String::from(prefix) }),
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
