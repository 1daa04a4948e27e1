//! exercise = "06-pipeline/skipped_and_counted"
//! mark = "body"
//! misconception = "skipped counts what the filter let through"
//! fails = "counts_each_request_on_one_side"
//! says = "as ran when the filter changed it"

        if self.filter.applies(request) {
            self.filter.run(request);
            self.skipped += 1;
        } else {
            self.ran += 1;
        }
