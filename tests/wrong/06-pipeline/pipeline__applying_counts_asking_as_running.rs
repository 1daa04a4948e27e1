//! exercise = "06-pipeline"
//! mark = "applying"
//! misconception = "to be asked is to run"
//! fails = "step_2_applying::counts_what_ran_and_what_was_skipped"
//! says = "on one side or the other"

            counted.ran.fetch_add(1, Relaxed);
            counted.filter.applies(request).then_some(&*counted.filter)
