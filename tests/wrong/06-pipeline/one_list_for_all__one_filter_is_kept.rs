//! exercise = "06-pipeline/one_list_for_all"
//! mark = "body"
//! misconception = "a box holds one filter, so a chain does"
//! fails = "filters_of_two_types_stand_in_one_list"
//! says = "both filters run"

/// The filter that runs.
pub struct Chain {
    filter: Option<Box<dyn Filter>>,
}

/// The filter that a rule file names last.
pub fn chain(words: &[&str]) -> Chain {
    let mut chain = Chain { filter: None };
    for word in words {
        chain.filter = match *word {
            "old-menu" => Some(Box::new(OldMenu)),
            prefix => Some(Box::new(Prefix { text: String::from(prefix) })),
        };
    }
    chain
}

impl Chain {
    /// What becomes of `path`, after the filter.
    pub fn run(&self, path: &str) -> String {
        match &self.filter {
            Some(filter) => filter.rewrite(path),
            None => String::from(path),
        }
    }
}
