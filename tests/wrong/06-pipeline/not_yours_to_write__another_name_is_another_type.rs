//! exercise = "06-pipeline/not_yours_to_write"
//! mark = "body"
//! misconception = "`type` makes a type of its own"
//! fails = "E0117"
//! says = "another name for the same type"

type Counts = Vec<FilterCount>;

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for count in self {
            writeln!(f, "{}: ran {}, skipped {}", count.name, count.ran, count.skipped)?;
        }
        Ok(())
    }
}

/// The status page: one line a filter.
pub fn page(counts: Vec<FilterCount>) -> String {
    format!("filters\n{}", counts)
}
