//! exercise = "11-drain"
//! mark = "drain"
//! misconception = "a stop is over when everybody was told"
//! fails = "step_3_drain::waits_for_the_last_to_leave"
//! says = "two are inside"

    self.door.lock().expect(LOCK).take();
    self.draining.send_replace(true);
    drop(deadline);
    self.ended.close();
    Drained::All
