//! exercise = "08-cache"
//! mark = "land"
//! misconception = "who waits has it, and so has the cache"
//! fails = "step_4_land::the_answer_is_for_those_who_wait_and_for_those_who_come"
//! says = "for a minute after"

        *self.landing = Landing::of(stored);
