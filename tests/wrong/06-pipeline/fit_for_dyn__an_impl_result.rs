//! exercise = "06-pipeline/fit_for_dyn"
//! mark = "body"
//! misconception = "`impl Filter` as a result is a `dyn Filter`"
//! fails = "E0038"
//! says = "a box of any filter"

/// What every filter can do when new rules come.
pub trait Renew {
    /// A fresh filter of the same kind, which has seen nothing yet.
    fn renewed(&self) -> impl Filter;
}

impl Renew for All {
    fn renewed(&self) -> impl Filter {
        Self { seen: 0 }
    }
}

impl Renew for Only {
    fn renewed(&self) -> impl Filter {
        Self { path: self.path.clone(), seen: 0 }
    }
}
