//! exercise = "11-drain"
//! mark = "drain"
//! misconception = "a receiver that was given away can still be asked"
//! fails = "E0382"
//! says = "clone it before"

    self.door.lock().expect(LOCK).take();
    self.draining.send_replace(true);
    let mut ended = self.ended;
    tokio::select! {
        biased;
        _ = ended.recv() => Drained::All,
        () = deadline => Drained::Cut { left: self.ended.sender_strong_count() },
    }
