//! exercise = "05-rules"
//! mark = "reload"
//! misconception = "without good rules there are none"
//! fails = "step_5_reload::keeps_the_last_good_rules_when_a_file_is_bad"
//! says = "a bad file changes nothing"

        match loaded {
            Ok(rules) => {
                kept.rules = Arc::new(rules);
                kept.reloads.good += 1;
                kept.reloads.error = None;
                Ok(Arc::clone(&kept.rules))
            }
            Err(error) => {
                kept.rules = Arc::default();
                kept.reloads.bad += 1;
                kept.reloads.error = Some(error.clone());
                Err(error)
            }
        }
