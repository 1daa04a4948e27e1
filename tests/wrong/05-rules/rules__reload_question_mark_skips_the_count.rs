//! exercise = "05-rules"
//! mark = "reload"
//! misconception = "`?` only looks at the error, and the lines below it run"
//! fails = "step_5_reload::keeps_the_last_good_rules_when_a_file_is_bad"
//! says = "good and bad files are counted"

        let rules = loaded?;
        kept.rules = Arc::new(rules);
        kept.reloads.good += 1;
        kept.reloads.error = None;
        Ok(Arc::clone(&kept.rules))
