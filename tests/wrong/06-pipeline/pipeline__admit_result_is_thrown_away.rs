//! exercise = "06-pipeline"
//! mark = "admit"
//! misconception = "a check that is called is a check"
//! fails = "step_3_admit::hands_up_the_answer_of_a_guard"
//! says = "the second guard answers"

        for guard in self.0.applying(request) {
            let _ = guard.check(request, now_ms);
        }
        Ok(Admitted(request))
