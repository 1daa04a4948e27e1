//! exercise = "07-balancer/one_place_left"
//! mark = "body"
//! misconception = "below the limit means one below it"
//! fails = "lets_in_as_many_as_there_are_places"
//! says = "the third finds no place"

        let one_more = |taken| if taken + 1 < limit() { Some(taken + 1) } else { None };
        self.taken.fetch_update(Relaxed, Relaxed, one_more).is_ok()
