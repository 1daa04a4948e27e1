//! exercise = "11-drain"
//! mark = "drain"
//! misconception = "whoever is inside sees that the door is shut"
//! fails = "step_3_drain::tells_everybody_inside"
//! says = "has to know"

    self.door.lock().expect(LOCK).take();
    tokio::select! {
        biased;
        _ = self.ended.recv() => Drained::All,
        () = deadline => Drained::Cut { left: self.ended.sender_strong_count() },
    }
