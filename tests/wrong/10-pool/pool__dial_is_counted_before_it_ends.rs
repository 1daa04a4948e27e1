//! exercise = "10-pool"
//! mark = "dial"
//! misconception = "the lines behind an await always run, so it does not matter on which side of it one counts"
//! fails = "step_1_dial::hands_on_what_the_dial_said_and_frees_the_place"
//! says = "nothing was opened, so nothing is counted or held"

        self.pool.tally.connects.fetch_add(1, Ordering::Relaxed);
        self.connection = Some(dial().await?);
        self.reused = false;
        Ok(self)
