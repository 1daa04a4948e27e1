//! exercise = "06-pipeline"
//! mark = "applying"
//! misconception = "a filter decides by itself what it does, so it can always run"
//! fails = "step_2_applying::gives_the_filters_that_apply_in_order"
//! says = "b has nothing to do with /menu"

            counted.ran.fetch_add(1, Relaxed);
            Some(&*counted.filter)
