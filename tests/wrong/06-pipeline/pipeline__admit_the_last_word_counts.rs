//! exercise = "06-pipeline"
//! mark = "admit"
//! misconception = "the last guard has the last word"
//! fails = "step_3_admit::asks_nobody_after_the_first_answer"
//! says = "the first guard answers"

        let mut answer = Ok(());
        for guard in self.0.applying(request) {
            answer = guard.check(request, now_ms);
        }
        answer.map(|()| Admitted(request))
