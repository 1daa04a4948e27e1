//! exercise = "05-rules"
//! mark = "reload"
//! misconception = "an error that was noted goes away by itself"
//! fails = "step_5_reload::forgets_the_error_when_a_good_file_comes"
//! says = "nothing is wrong any more"

        match loaded {
            Ok(rules) => {
                kept.rules = Arc::new(rules);
                kept.reloads.good += 1;
                Ok(Arc::clone(&kept.rules))
            }
            Err(error) => {
                kept.reloads.bad += 1;
                kept.reloads.error = Some(error.clone());
                Err(error)
            }
        }
