//! exercise = "06-pipeline"
//! mark = "admit"
//! misconception = "`applies` is a hint"
//! fails = "step_3_admit::does_not_ask_a_guard_that_does_not_apply"
//! says = "so it is skipped"

        for counted in &self.0.0 {
            counted.filter.check(request, now_ms)?;
        }
        Ok(Admitted(request))
