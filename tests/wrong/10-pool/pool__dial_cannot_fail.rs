//! exercise = "10-pool"
//! mark = "dial"
//! misconception = "an upstream that refuses is a bug, so a panic will do"
//! fails = "step_1_dial::hands_on_what_the_dial_said_and_frees_the_place"
//! says = "nobody to connect to"

        let Ok(connection) = dial().await else { panic!("nobody to connect to") };
        self.connection = Some(connection);
        self.reused = false;
        self.pool.tally.connects.fetch_add(1, Ordering::Relaxed);
        Ok(self)
