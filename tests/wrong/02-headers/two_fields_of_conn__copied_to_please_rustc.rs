//! exercise = "02-headers/two_fields_of_conn"
//! mark = "body"
//! misconception = "every rejection is a real bug, so a copy was needed"
//! fails = "copies_no_head_to_count_it"
//! says = "nothing was wrong with reading it where it is"

        let head = self.head().to_vec();
        self.totals.add(&head);
