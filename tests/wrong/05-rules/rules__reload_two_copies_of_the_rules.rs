//! exercise = "05-rules"
//! mark = "reload"
//! misconception = "an Arc is made by Arc::new each time"
//! fails = "step_5_reload::gives_back_the_very_rules_that_are_in_force"
//! says = "the rules in it are not"

        match loaded {
            Ok(rules) => {
                kept.rules = Arc::new(rules.clone());
                kept.reloads.good += 1;
                kept.reloads.error = None;
                Ok(Arc::new(rules))
            }
            Err(error) => {
                kept.reloads.bad += 1;
                kept.reloads.error = Some(error.clone());
                Err(error)
            }
        }
