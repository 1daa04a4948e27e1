//! exercise = "06-pipeline/skipped_and_counted"
//! mark = "body"
//! misconception = "every filter of the list runs"
//! fails = "a_filter_that_does_not_apply_leaves_the_request_alone"
//! says = "has nothing to do with this path"

        let applies = self.filter.applies(request);
        self.filter.run(request);
        self.ran += u64::from(applies);
        self.skipped += u64::from(!applies);
