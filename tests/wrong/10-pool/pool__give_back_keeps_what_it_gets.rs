//! exercise = "10-pool"
//! mark = "give_back"
//! misconception = "who gives a connection back has read all of it"
//! fails = "step_2_give_back::closes_one_with_something_unread"
//! says = "the next request would read them as its response"

        if let Some(connection) = self.connection.take() {
            self.pool.keep(connection, now_ms);
        }
