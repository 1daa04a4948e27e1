//! exercise = "06-pipeline/one_list_for_all"
//! mark = "body"
//! shape = "an enum with a variant for each filter, and no dyn"

/// One of the filters that there are.
enum Any {
    OldMenu(OldMenu),
    Prefix(Prefix),
}

impl Filter for Any {
    fn rewrite(&self, path: &str) -> String {
        match self {
            Any::OldMenu(filter) => filter.rewrite(path),
            Any::Prefix(filter) => filter.rewrite(path),
        }
    }
}

/// Filters, in the order in which they run.
pub struct Chain {
    filters: Vec<Any>,
}

/// The filters that a rule file names: `old-menu`, and any other word is a prefix.
pub fn chain(words: &[&str]) -> Chain {
    let mut filters = Vec::new();
    for word in words {
        match *word {
            "old-menu" => filters.push(Any::OldMenu(OldMenu)),
            prefix => filters.push(Any::Prefix(Prefix { text: String::from(prefix) })),
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
