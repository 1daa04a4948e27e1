//! exercise = "02-headers/two_fields_of_conn"
//! mark = "body"
//! misconception = "a new total can take the place of the old one"
//! fails = "adds_to_what_was_there"
//! says = "two heads were counted"

        let mut totals = Totals::default();
        totals.add(self.head());
        self.totals = totals;
