//! exercise = "06-pipeline"
//! mark = "applying"
//! misconception = "`if` takes the second arm first"
//! fails = "step_2_applying::counts_what_ran_and_what_was_skipped"
//! says = "on one side or the other"

            let applies = counted.filter.applies(request);
            let count = if applies { &counted.skipped } else { &counted.ran };
            count.fetch_add(1, Relaxed);
            applies.then_some(&*counted.filter)
