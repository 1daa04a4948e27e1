//! exercise = "02-headers/two_fields_of_conn"
//! mark = "body"
//! shape = "the totals are copied out, counted, and put back"

        let mut totals = self.totals;
        totals.add(self.head());
        self.totals = totals;
