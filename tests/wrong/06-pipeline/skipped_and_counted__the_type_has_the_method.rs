//! exercise = "06-pipeline/skipped_and_counted"
//! mark = "body"
//! misconception = "the bound gives the methods to the field's owner"
//! fails = "E0599"
//! says = "`self.filter`"

        if self.applies(request) {
            self.filter.run(request);
            self.ran += 1;
        } else {
            self.skipped += 1;
        }
