//! exercise = "06-pipeline/borrowed_rules"
//! mark = "body"
//! misconception = "the order of filters does not matter"
//! fails = "refuses_what_a_line_closes"
//! says = "the first line closes it"

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
    pub fn add<F: Filter + 'r>(&mut self, filter: F) {
        self.filters.insert(0, Box::new(filter));
    }

    /// The place of the first filter that refuses `path`.
    pub fn refused_by(&self, path: &str) -> Option<usize> {
        self.filters.iter().position(|filter| filter.refuses(path))
    }
}
