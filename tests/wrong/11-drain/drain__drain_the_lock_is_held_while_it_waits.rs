//! exercise = "11-drain"
//! mark = "drain"
//! misconception = "a lock is held only in its line"
//! fails = "step_3_drain::shuts_the_door_before_it_waits"
//! says = "is a lock still held"

    let mut door = self.door.lock().expect(LOCK);
    door.take();
    self.draining.send_replace(true);
    let drained = tokio::select! {
        biased;
        _ = self.ended.recv() => Drained::All,
        () = deadline => Drained::Cut { left: self.ended.sender_strong_count() },
    };
    drop(door);
    drained
