//! exercise = "11-drain"
//! mark = "drain"
//! misconception = "when both are there, the time counts"
//! fails = "step_3_drain::who_has_left_is_not_cut_off"
//! says = "nothing is cut"

    self.door.lock().expect(LOCK).take();
    self.draining.send_replace(true);
    tokio::select! {
        biased;
        () = deadline => Drained::Cut { left: self.ended.sender_strong_count() },
        _ = self.ended.recv() => Drained::All,
    }
