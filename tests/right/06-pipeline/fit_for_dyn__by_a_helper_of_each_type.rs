//! exercise = "06-pipeline/fit_for_dyn"
//! mark = "body"
//! shape = "a function of each type makes it, the trait boxes it"

/// What every filter can do when new rules come.
pub trait Renew {
    /// A fresh filter of the same kind, which has seen nothing yet.
    fn renewed(&self) -> Box<dyn Filter>;
}

impl Renew for All {
    fn renewed(&self) -> Box<dyn Filter> {
        Box::new(All::fresh())
    }
}

impl Renew for Only {
    fn renewed(&self) -> Box<dyn Filter> {
        Box::new(Only::fresh(&self.path))
    }
}

impl All {
    fn fresh() -> Self {
        Self { seen: 0 }
    }
}

impl Only {
    fn fresh(path: &str) -> Self {
        Self { path: String::from(path), seen: 0 }
    }
}
