//! exercise = "02-headers/two_fields_of_conn"
//! mark = "body"
//! misconception = "what was taken out comes back by itself"
//! fails = "adds_to_what_was_there"
//! says = "two heads were counted"

        let buffer = std::mem::take(&mut self.buffer);
        self.totals.add(&buffer[..self.end]);
        self.buffer = buffer[self.end..].to_vec();
        self.end = 0;
