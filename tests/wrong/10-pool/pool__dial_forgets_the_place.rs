//! exercise = "10-pool"
//! mark = "dial"
//! misconception = "a new connection needs a new Lent, and the old one is told to keep out of the way"
//! fails = "step_1_dial::hands_on_what_the_dial_said_and_frees_the_place"
//! says = "nothing was opened, so nothing is counted or held"

        let mut old = core::mem::ManuallyDrop::new(self);
        let connection = dial().await?;
        old.pool.tally.connects.fetch_add(1, Ordering::Relaxed);
        old.connection = Some(connection);
        old.reused = false;
        Ok(core::mem::ManuallyDrop::into_inner(old))
