//! exercise = "02-headers/two_fields_of_conn"
//! mark = "body"
//! misconception = "one loan of the whole and one of a part may both change"
//! fails = "E0499"
//! says = "one at a time"

        let totals = &mut self.totals;
        let conn = &mut *self;
        totals.add(&conn.buffer[..conn.end]);
