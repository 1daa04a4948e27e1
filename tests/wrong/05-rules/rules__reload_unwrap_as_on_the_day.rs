//! exercise = "05-rules"
//! mark = "reload"
//! misconception = "a file that our own program wrote is good"
//! fails = "step_5_reload::keeps_the_last_good_rules_when_a_file_is_bad"
//! says = "called `Result::unwrap()` on an `Err` value"

        kept.rules = Arc::new(loaded.unwrap());
        kept.reloads.good += 1;
        kept.reloads.error = None;
        Ok(Arc::clone(&kept.rules))
