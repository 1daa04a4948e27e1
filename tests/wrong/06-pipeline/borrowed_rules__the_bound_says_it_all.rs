//! exercise = "06-pipeline/borrowed_rules"
//! mark = "body"
//! misconception = "the box takes over the filter's lifetime"
//! fails = "E0310"
//! says = "`Box<dyn Filter>` means"

/// Filters, in the order in which they are asked.
pub struct Chain<'r> {
    filters: Vec<Box<dyn Filter>>,
    file: std::marker::PhantomData<&'r str>,
}

/// The chain for a rule file: a prefix on each line.
pub fn chain(file: &str) -> Chain<'_> {
    let mut chain = Chain { filters: Vec::new(), file: std::marker::PhantomData };
    for prefix in file.lines() {
        chain.add(Closed { prefix });
    }
    chain
}

impl<'r> Chain<'r> {
    /// Adds a filter, which is asked last.
    pub fn add<F: Filter + 'r>(&mut self, filter: F) {
        self.filters.push(Box::new(filter));
    }

    /// The place of the first filter that refuses `path`.
    pub fn refused_by(&self, path: &str) -> Option<usize> {
        self.filters.iter().position(|filter| filter.refuses(path))
    }
}
