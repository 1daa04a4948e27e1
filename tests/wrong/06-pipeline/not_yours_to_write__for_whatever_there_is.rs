//! exercise = "06-pipeline/not_yours_to_write"
//! mark = "body"
//! misconception = "a generic impl belongs to whoever writes it"
//! fails = "E0210"
//! says = "every type that there is"

impl<T: AsRef<[FilterCount]>> fmt::Display for T {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for count in self.as_ref() {
            writeln!(f, "{}: ran {}, skipped {}", count.name, count.ran, count.skipped)?;
        }
        Ok(())
    }
}

/// The status page: one line a filter.
pub fn page(counts: Vec<FilterCount>) -> String {
    format!("filters\n{}", counts)
}
