//! exercise = "06-pipeline/skipped_and_counted"
//! mark = "body"
//! misconception = "a filter can be asked at any time"
//! fails = "a_filter_that_does_not_apply_leaves_the_request_alone"
//! says = "has nothing to do with this path"

        self.filter.run(request);
        if self.filter.applies(request) {
            self.ran += 1;
        } else {
            self.skipped += 1;
        }
