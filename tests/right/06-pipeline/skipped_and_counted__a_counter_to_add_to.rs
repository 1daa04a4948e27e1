//! exercise = "06-pipeline/skipped_and_counted"
//! mark = "body"
//! shape = "a mutable loan of the counter that is meant"

        let applies = self.filter.applies(request);
        let count = if applies { &mut self.ran } else { &mut self.skipped };
        *count += 1;
        if applies {
            self.filter.run(request);
        }
