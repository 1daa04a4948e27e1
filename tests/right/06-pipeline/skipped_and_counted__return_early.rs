//! exercise = "06-pipeline/skipped_and_counted"
//! mark = "body"
//! shape = "what is skipped returns at once"

        if !self.filter.applies(request) {
            self.skipped += 1;
            return;
        }
        self.ran += 1;
        self.filter.run(request);
