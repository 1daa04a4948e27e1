//! exercise = "11-drain"
//! mark = "drain"
//! misconception = "to drop a clone is to drop the sender"
//! fails = "step_3_drain::ends_at_once_when_nobody_is_inside"
//! says = "somebody forgot to drop"

    let clone = self.door.lock().expect(LOCK).clone();
    drop(clone);
    self.draining.send_replace(true);
    tokio::select! {
        biased;
        _ = self.ended.recv() => Drained::All,
        () = deadline => Drained::Cut { left: self.ended.sender_strong_count() },
    }
