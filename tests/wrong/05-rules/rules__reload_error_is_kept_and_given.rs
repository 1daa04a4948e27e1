//! exercise = "05-rules"
//! mark = "reload"
//! misconception = "an error can be in two places"
//! fails = "E0382"
//! says = "`clone`"

        match loaded {
            Ok(rules) => {
                kept.rules = Arc::new(rules);
                kept.reloads.good += 1;
                kept.reloads.error = None;
                Ok(Arc::clone(&kept.rules))
            }
            Err(error) => {
                kept.reloads.bad += 1;
                kept.reloads.error = Some(error);
                Err(error)
            }
        }
