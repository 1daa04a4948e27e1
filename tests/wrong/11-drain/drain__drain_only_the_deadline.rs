//! exercise = "11-drain"
//! mark = "drain"
//! misconception = "everybody gets the whole time"
//! fails = "step_3_drain::ends_at_once_when_nobody_is_inside"
//! says = "nobody is inside"

    self.door.lock().expect(LOCK).take();
    self.draining.send_replace(true);
    deadline.await;
    match self.ended.sender_strong_count() {
        0 => Drained::All,
        left => Drained::Cut { left },
    }
