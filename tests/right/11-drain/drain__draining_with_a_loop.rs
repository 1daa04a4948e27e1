//! exercise = "11-drain"
//! mark = "draining"
//! shape = "a loop around changed"

    let mut news = self.0.clone();
    while !*news.borrow_and_update() {
        if news.changed().await.is_err() {
            return;
        }
    }
