//! exercise = "06-pipeline"
//! mark = "admit"
//! misconception = "all guards have to be heard before one decides"
//! fails = "step_3_admit::asks_nobody_after_the_first_answer"
//! says = "the last guard is not asked any more"

        let answers: Vec<_> = self.0.applying(request).map(|guard| guard.check(request, now_ms)).collect();
        answers.into_iter().collect::<Result<(), _>>()?;
        Ok(Admitted(request))
