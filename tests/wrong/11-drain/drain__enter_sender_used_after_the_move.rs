//! exercise = "11-drain"
//! mark = "enter"
//! misconception = "a sender that was given away can still be cloned"
//! fails = "E0382"
//! says = "clone it before"

    let door = self.door.lock().expect(LOCK);
    let alive = door.as_ref()?.clone();
    let running = Running { _alive: alive, news: self.news.clone() };
    let spare = alive.clone();
    drop(spare);
    Some(running)
