//! exercise = "11-drain"
//! mark = "enter"
//! misconception = "a loan of the sender counts as a sender"
//! fails = "E0308"
//! says = "its own"

    let door = self.door.lock().expect(LOCK);
    let alive = door.as_ref()?;
    Some(Running { _alive: alive, news: self.news.clone() })
