//! exercise = "11-drain"
//! mark = "drain"
//! misconception = "everybody leaves in the end"
//! fails = "step_3_drain::the_deadline_ends_it_and_counts_who_is_left"
//! says = "the deadline has passed"

    drop(deadline);
    self.door.lock().expect(LOCK).take();
    self.draining.send_replace(true);
    self.ended.recv().await;
    Drained::All
