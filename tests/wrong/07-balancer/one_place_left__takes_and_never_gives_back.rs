//! exercise = "07-balancer/one_place_left"
//! mark = "body"
//! misconception = "who is not let in may keep the place"
//! fails = "lets_in_as_many_as_there_are_places"
//! says = "takes no place"

        self.taken.fetch_add(1, Relaxed) < limit()
