//! exercise = "06-pipeline/borrowed_rules"
//! mark = "body"
//! misconception = "the outlives bound goes without saying"
//! fails = "E0309"
//! says = "says nothing about how long"

/// Filters, in the order in which they are asked.
pub struct Chain<'r> {
    filters: Vec<Box<dyn Filter + 'r>>,
}

/// The chain for a rule file: a prefix on each line.
pub fn chain(file: &str) -> Chain<'_> {
    let mut chain = Chain { filters: Vec::new() };
    for prefix in file.lines() {
        chain.add(Closed { prefix });
    }
    chain
}

impl<'r> Chain<'r> {
    /// Adds a filter, which is asked last.
    pub fn add<F: Filter>(&mut self, filter: F) {
        self.filters.push(Box::new(filter));
    }

    /// The place of the first filter that refuses `path`.
    pub fn refused_by(&self, path: &str) -> Option<usize> {
        self.filters.iter().position(|filter| filter.refuses(path))
    }
}
