//! exercise = "06-pipeline/not_yours_to_write"
//! mark = "body"
//! misconception = "a struct around a list prints as the list does"
//! fails = "E0599"
//! says = "has no `Display`"

/// The counts.
pub struct Counts(pub Vec<FilterCount>);


/// The status page: one line a filter.
pub fn page(counts: Vec<FilterCount>) -> String {
    format!("filters\n{}", Counts(counts).to_string())
}
