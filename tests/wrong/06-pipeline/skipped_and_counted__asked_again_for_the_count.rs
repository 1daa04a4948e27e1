//! exercise = "06-pipeline/skipped_and_counted"
//! mark = "body"
//! misconception = "a filter says the same after it has run"
//! fails = "counts_each_request_on_one_side"
//! says = "each request is counted once"

        if self.filter.applies(request) {
            self.filter.run(request);
        }
        if self.filter.applies(request) {
            self.ran += 1;
        } else {
            self.skipped += 1;
        }
