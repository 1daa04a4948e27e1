//! exercise = "06-pipeline/fit_for_dyn"
//! mark = "body"
//! shape = "a second method gives Self, and is left out of the dyn"

/// What every filter can do when new rules come.
pub trait Renew {
    /// A fresh filter of the same kind, in a box.
    fn renewed(&self) -> Box<dyn Filter>;

    /// The same, for whoever knows the type.
    fn fresh(&self) -> Self
    where
        Self: Sized;
}

impl Renew for All {
    fn renewed(&self) -> Box<dyn Filter> {
        Box::new(self.fresh())
    }

    fn fresh(&self) -> Self {
        Self { seen: 0 }
    }
}

impl Renew for Only {
    fn renewed(&self) -> Box<dyn Filter> {
        Box::new(self.fresh())
    }

    fn fresh(&self) -> Self {
        Self { path: self.path.clone(), seen: 0 }
    }
}
