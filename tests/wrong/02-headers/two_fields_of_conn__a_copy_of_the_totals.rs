//! exercise = "02-headers/two_fields_of_conn"
//! mark = "body"
//! misconception = "a copy of a Copy value is the value"
//! fails = "counts_the_head"
//! says = "own totals"

        let mut totals = self.totals;
        totals.add(self.head());
