//! exercise = "06-pipeline/not_yours_to_write"
//! mark = "body"
//! misconception = "methods can be added to any type"
//! fails = "E0116"
//! says = "belongs to std"

impl Vec<FilterCount> {
    pub fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for count in self {
            writeln!(f, "{}: ran {}, skipped {}", count.name, count.ran, count.skipped)?;
        }
        Ok(())
    }
}

/// The status page: one line a filter.
pub fn page(counts: Vec<FilterCount>) -> String {
    let _ = counts;
    String::new()
}
