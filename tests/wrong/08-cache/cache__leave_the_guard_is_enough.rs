//! exercise = "08-cache"
//! mark = "leave"
//! misconception = "when the guard goes, all is told"
//! fails = "step_2_one_fetch::a_flight_that_ends_lets_the_next_one_begin"
//! says = "not under way any more"

        // The write guard goes with the flight, and that wakes everybody.
        let _ = &self.landing;
