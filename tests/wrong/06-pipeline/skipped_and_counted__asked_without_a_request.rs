//! exercise = "06-pipeline/skipped_and_counted"
//! mark = "body"
//! misconception = "a filter knows its request"
//! fails = "E0061"
//! says = "takes the request as well"

        if self.filter.applies() {
            self.filter.run(request);
            self.ran += 1;
        } else {
            self.skipped += 1;
        }
