//! exercise = "06-pipeline/borrowed_rules"
//! mark = "body"
//! shape = "the lifetime has a longer name, and the function says it too"

/// Filters, in the order in which they are asked.
pub struct Chain<'rules> {
    filters: Vec<Box<dyn Filter + 'rules>>,
}

/// The chain for a rule file: a prefix on each line.
pub fn chain<'rules>(file: &'rules str) -> Chain<'rules> {
    let mut chain = Chain { filters: Vec::new() };
    for prefix in file.lines() {
        chain.add(Closed { prefix });
    }
    chain
}

impl<'rules> Chain<'rules> {
    /// Adds a filter, which is asked last.
    pub fn add<F: Filter + 'rules>(&mut self, filter: F) {
        self.filters.push(Box::new(filter));
    }

    /// The place of the first filter that refuses `path`.
    pub fn refused_by(&self, path: &str) -> Option<usize> {
        self.filters.iter().position(|filter| filter.refuses(path))
    }
}
