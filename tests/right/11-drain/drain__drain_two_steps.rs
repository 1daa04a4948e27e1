//! exercise = "11-drain"
//! mark = "drain"
//! shape = "told first, then shut; the end of the channel in a future of its own"

    self.draining.send_replace(true);
    if let Some(alive) = self.door.lock().expect(LOCK).take() {
        drop(alive);
    }
    let mut ended = self.ended;
    let everybody_left = async { ended.recv().await };
    let all = tokio::select! {
        biased;
        none = everybody_left => none.is_none(),
        () = deadline => false,
    };
    if all { Drained::All } else { Drained::Cut { left: ended.sender_strong_count() } }
