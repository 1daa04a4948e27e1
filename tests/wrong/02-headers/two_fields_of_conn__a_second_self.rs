//! exercise = "02-headers/two_fields_of_conn"
//! mark = "body"
//! misconception = "a second name for self has loans of its own"
//! fails = "E0502"
//! says = "name the field"

        let conn = &*self;
        let head = conn.head();
        self.totals.add(head);
