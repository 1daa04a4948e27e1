//! exercise = "06-pipeline/fit_for_dyn"
//! mark = "body"
//! misconception = "a box may hold any filter, so any filter will do"
//! fails = "the_list_holds_the_same_filters_again"
//! says = "of the same kinds"

/// What every filter can do when new rules come.
pub trait Renew {
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
        Box::new(All { seen: 0 })
    }
}
