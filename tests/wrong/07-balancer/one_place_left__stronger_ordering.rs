//! exercise = "07-balancer/one_place_left"
//! mark = "body"
//! misconception = "a stronger ordering makes two steps one"
//! fails = "two_see_the_last_place_and_one_takes_it"
//! says = "look and take have to be one step"

        use std::sync::atomic::Ordering::SeqCst;
        if self.taken.load(SeqCst) < limit() {
            self.taken.fetch_add(1, SeqCst);
            return true;
        }
        false
