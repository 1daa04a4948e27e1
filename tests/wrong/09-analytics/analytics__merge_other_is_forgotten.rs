//! exercise = "09-analytics"
//! mark = "merge"
//! misconception = "whoever merges keeps the first"
//! fails = "step_3_merge::counts_both"
//! says = "a tally of two lines"

        let _ = other;
        self
