//! exercise = "06-pipeline/not_yours_to_write"
//! mark = "body"
//! shape = "`Display` for the count itself, which is yours"

impl fmt::Display for FilterCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ran {}, skipped {}", self.name, self.ran, self.skipped)
    }
}

/// The status page: one line a filter.
pub fn page(counts: Vec<FilterCount>) -> String {
    let mut page = String::from("filters\n");
    for count in counts {
        page.push_str(&format!("{count}\n"));
    }
    page
}
