//! exercise = "06-pipeline/not_yours_to_write"
//! mark = "body"
//! misconception = "a slice belongs to nobody"
//! fails = "E0117"
//! says = "neither the trait nor the type is yours"

impl fmt::Display for [FilterCount] {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for count in self {
            writeln!(f, "{}: ran {}, skipped {}", count.name, count.ran, count.skipped)?;
        }
        Ok(())
    }
}

/// The status page: one line a filter.
pub fn page(counts: Vec<FilterCount>) -> String {
    format!("filters\n{}", &counts[..])
}
