//! exercise = "07-balancer/one_place_left"
//! mark = "body"
//! misconception = "atomic numbers make the whole function atomic"
//! fails = "two_see_the_last_place_and_one_takes_it"
//! says = "look and take have to be one step"

        let taken = self.taken.load(Relaxed);
        if taken < limit() {
            self.taken.store(taken + 1, Relaxed);
        }
        taken < limit()
