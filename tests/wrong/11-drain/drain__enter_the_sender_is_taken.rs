//! exercise = "11-drain"
//! mark = "enter"
//! misconception = "one sender is handed to the first who comes"
//! fails = "step_1_enter::lets_in_more_than_one"
//! says = "a sender of its own"

    let mut door = self.door.lock().expect(LOCK);
    let alive = door.take()?;
    Some(Running { _alive: alive, news: self.news.clone() })
