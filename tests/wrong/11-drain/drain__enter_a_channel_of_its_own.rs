//! exercise = "11-drain"
//! mark = "enter"
//! misconception = "any sender keeps the stop waiting"
//! fails = "step_3_drain::waits_for_the_last_to_leave"
//! says = "two are inside"

    let door = self.door.lock().expect(LOCK);
    door.as_ref()?;
    let (alive, _) = mpsc::channel(1);
    Some(Running { _alive: alive, news: self.news.clone() })
