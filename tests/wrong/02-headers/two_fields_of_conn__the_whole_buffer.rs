//! exercise = "02-headers/two_fields_of_conn"
//! mark = "body"
//! misconception = "the buffer is the head"
//! fails = "counts_the_head_alone"
//! says = "belongs to the next one"

        let head = &self.buffer[..];
        self.totals.add(head);
