//! exercise = "06-pipeline/not_yours_to_write"
//! mark = "body"
//! misconception = "a list prints as its first item"
//! fails = "prints_a_line_for_each_filter"
//! says = "in the order of the list"

/// The counts.
pub struct Counts(pub Vec<FilterCount>);

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for count in self.0.iter().take(1) {
            writeln!(f, "{}: ran {}, skipped {}", count.name, count.ran, count.skipped)?;
        }
        Ok(())
    }
}

/// The status page: one line a filter.
pub fn page(counts: Vec<FilterCount>) -> String {
    format!("filters\n{}", Counts(counts))
}
