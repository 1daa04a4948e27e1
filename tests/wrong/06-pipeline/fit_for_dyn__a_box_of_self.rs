//! exercise = "06-pipeline/fit_for_dyn"
//! mark = "body"
//! misconception = "a box has a known size, whatever it is a box of"
//! fails = "E0038"
//! says = "a box of any filter"

/// What every filter can do when new rules come.
pub trait Renew {
    /// A fresh filter of the same kind, which has seen nothing yet.
    fn renewed(&self) -> Box<Self>;
}

impl Renew for All {
    fn renewed(&self) -> Box<Self> {
        Box::new(Self { seen: 0 })
    }
}

impl Renew for Only {
    fn renewed(&self) -> Box<Self> {
        Box::new(Self { path: self.path.clone(), seen: 0 })
    }
}
