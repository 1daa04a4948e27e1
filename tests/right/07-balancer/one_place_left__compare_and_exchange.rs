//! exercise = "07-balancer/one_place_left"
//! mark = "body"
//! shape = "a loop of compare_exchange"

        let mut taken = self.taken.load(Relaxed);
        while taken < limit() {
            match self.taken.compare_exchange(taken, taken + 1, Relaxed, Relaxed) {
                Ok(_) => return true,
                Err(now) => taken = now,
            }
        }
        false
