//! exercise = "02-headers/two_fields_of_conn"
//! mark = "body"
//! shape = "a pattern takes the connection apart into its fields"

        let Conn { buffer, end, totals } = self;
        totals.add(&buffer[..*end]);
