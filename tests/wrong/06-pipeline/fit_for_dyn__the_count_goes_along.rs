//! exercise = "06-pipeline/fit_for_dyn"
//! mark = "body"
//! misconception = "a fresh filter is a copy of the old one"
//! fails = "a_renewed_filter_has_seen_nothing"
//! says = "begins at zero"

/// What every filter can do when new rules come.
pub trait Renew {
    /// A fresh filter of the same kind, which has seen nothing yet.
    fn renewed(&self) -> Box<dyn Filter>;
}

impl Renew for All {
    fn renewed(&self) -> Box<dyn Filter> {
        Box::new(Self { seen: self.seen })
    }
}

impl Renew for Only {
    fn renewed(&self) -> Box<dyn Filter> {
        Box::new(Self { path: self.path.clone(), seen: self.seen })
    }
}
