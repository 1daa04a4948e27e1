//! exercise = "06-pipeline/skipped_and_counted"
//! mark = "body"
//! misconception = "a filter that was asked has run"
//! fails = "counts_each_request_on_one_side"
//! says = "each request is counted once"

        self.ran += 1;
        if self.filter.applies(request) {
            self.filter.run(request);
        } else {
            self.skipped += 1;
        }
