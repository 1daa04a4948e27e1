//! exercise = "06-pipeline/borrowed_rules"
//! mark = "body"
//! misconception = "leaked memory is a cheap way to `'static`"
//! fails = "E0597"
//! says = "whatever outlives the chain"

/// Filters, in the order in which they are asked.
pub struct Chain {
    filters: Vec<Box<dyn Filter>>,
}

/// The chain for a rule file: a prefix on each line.
pub fn chain(file: &str) -> Chain {
    let mut chain = Chain { filters: Vec::new() };
    for prefix in file.to_owned().leak().lines() {
        chain.add(Closed { prefix });
    }
    chain
}

impl Chain {
    /// Adds a filter, which is asked last.
    pub fn add<F: Filter + 'static>(&mut self, filter: F) {
        self.filters.push(Box::new(filter));
    }

    /// The place of the first filter that refuses `path`.
    pub fn refused_by(&self, path: &str) -> Option<usize> {
        self.filters.iter().position(|filter| filter.refuses(path))
    }
}
