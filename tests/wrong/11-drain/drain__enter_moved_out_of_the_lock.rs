//! exercise = "11-drain"
//! mark = "enter"
//! misconception = "a guard gives what is behind it away"
//! fails = "E0507"
//! says = "`as_ref`"

    let door = self.door.lock().expect(LOCK);
    let alive = (*door)?;
    Some(Running { _alive: alive, news: self.news.clone() })
