//! exercise = "07-balancer/one_place_left"
//! mark = "body"
//! misconception = "an atomic is a number that can be assigned"
//! fails = "E0368"
//! says = "fetch_update"

        if self.taken.load(Relaxed) < limit() {
            self.taken += 1;
            return true;
        }
        false
