//! exercise = "06-pipeline/one_list_for_all"
//! mark = "body"
//! misconception = "two lists keep the order, too"
//! fails = "they_run_in_the_order_of_the_file"
//! says = "no old bookmark any more"

/// Filters, a list for each type.
pub struct Chain {
    menus: Vec<OldMenu>,
    prefixes: Vec<Prefix>,
}

/// The filters that a rule file names: `old-menu`, and any other word is a prefix.
pub fn chain(words: &[&str]) -> Chain {
    let mut chain = Chain { menus: Vec::new(), prefixes: Vec::new() };
    for word in words {
        match *word {
            "old-menu" => chain.menus.push(OldMenu),
            prefix => chain.prefixes.push(Prefix { text: String::from(prefix) }),
        }
    }
    chain
}

impl Chain {
    /// What becomes of `path`, after every filter.
    pub fn run(&self, path: &str) -> String {
        let path = self.menus.iter().fold(String::from(path), |path, filter| filter.rewrite(&path));
        self.prefixes.iter().fold(path, |path, filter| filter.rewrite(&path))
    }
}
