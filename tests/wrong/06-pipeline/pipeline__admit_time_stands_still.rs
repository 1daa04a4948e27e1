//! exercise = "06-pipeline"
//! mark = "admit"
//! misconception = "a guard can look at the clock by itself"
//! fails = "step_3_admit::asks_each_guard_once_and_tells_it_the_time"
//! says = "at 41 ms"

        let _ = now_ms;
        for guard in self.0.applying(request) {
            guard.check(request, 0)?;
        }
        Ok(Admitted(request))
