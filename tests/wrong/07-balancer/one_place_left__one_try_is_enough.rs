//! exercise = "07-balancer/one_place_left"
//! mark = "body"
//! misconception = "whose exchange fails found no place"
//! fails = "two_free_places_are_enough_for_two"
//! says = "look again"

        let taken = self.taken.load(Relaxed);
        taken < limit() && self.taken.compare_exchange(taken, taken + 1, Relaxed, Relaxed).is_ok()
