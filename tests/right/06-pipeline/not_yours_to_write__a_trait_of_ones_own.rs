//! exercise = "06-pipeline/not_yours_to_write"
//! mark = "body"
//! shape = "the trait is yours, and the list stays as it is"

/// What the status page can print.
pub trait Page {
    /// As lines.
    fn lines(&self) -> String;
}

impl Page for Vec<FilterCount> {
    fn lines(&self) -> String {
        self.iter().map(|count| format!("{}: ran {}, skipped {}\n", count.name, count.ran, count.skipped)).collect()
    }
}

/// The status page: one line a filter.
pub fn page(counts: Vec<FilterCount>) -> String {
    format!("filters\n{}", counts.lines())
}
