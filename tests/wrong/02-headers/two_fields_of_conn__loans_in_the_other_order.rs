//! exercise = "02-headers/two_fields_of_conn"
//! mark = "body"
//! misconception = "the order of two loans decides"
//! fails = "E0502"
//! says = "name the field"

        let totals = &mut self.totals;
        totals.add(self.head());
