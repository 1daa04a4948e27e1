//! exercise = "06-pipeline/fit_for_dyn"
//! mark = "body"
//! misconception = "a filter becomes a box by itself"
//! fails = "E0308"
//! says = "Box::new"

/// What every filter can do when new rules come.
pub trait Renew {
    /// A fresh filter of the same kind, which has seen nothing yet.
    fn renewed(&self) -> Box<dyn Filter>;
}

impl Renew for All {
    fn renewed(&self) -> Box<dyn Filter> {
        Self { seen: 0 }
    }
}

impl Renew for Only {
    fn renewed(&self) -> Box<dyn Filter> {
        Self { path: self.path.clone(), seen: 0 }
    }
}
