//! exercise = "11-drain"
//! mark = "drain"
//! misconception = "a sender that was taken out is gone"
//! fails = "step_3_drain::ends_at_once_when_nobody_is_inside"
//! says = "somebody forgot to drop"

    let _alive = self.door.lock().expect(LOCK).take();
    self.draining.send_replace(true);
    tokio::select! {
        biased;
        _ = self.ended.recv() => Drained::All,
        () = deadline => Drained::Cut { left: self.ended.sender_strong_count() },
    }
