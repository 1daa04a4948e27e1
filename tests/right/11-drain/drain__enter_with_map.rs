//! exercise = "11-drain"
//! mark = "enter"
//! shape = "Option::map instead of `?`"

    self.door.lock().expect(LOCK).as_ref().map(|alive| Running { _alive: alive.clone(), news: self.news.clone() })
