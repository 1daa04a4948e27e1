//! exercise = "06-pipeline/fit_for_dyn"
//! mark = "body"
//! misconception = "every filter behind `dyn` can be cloned"
//! fails = "E0038"
//! says = "a box of any filter"

/// What every filter can do when new rules come.
pub trait Renew: Clone {
    /// A fresh filter of the same kind, which has seen nothing yet.
    fn renewed(&self) -> Box<dyn Filter>;
}

impl Renew for All {
    fn renewed(&self) -> Box<dyn Filter> {
        Box::new(Self { seen: 0 })
    }
}

impl Renew for Only {
    fn renewed(&self) -> Box<dyn Filter> {
        Box::new(Self { path: self.path.clone(), seen: 0 })
    }
}

impl Clone for All {
    fn clone(&self) -> Self {
        Self { seen: self.seen }
    }
}

impl Clone for Only {
    fn clone(&self) -> Self {
        Self { path: self.path.clone(), seen: self.seen }
    }
}
