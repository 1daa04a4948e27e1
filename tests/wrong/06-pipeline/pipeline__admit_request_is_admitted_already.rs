//! exercise = "06-pipeline"
//! mark = "admit"
//! misconception = "a type that only wraps makes no difference"
//! fails = "E0308"
//! says = "`Admitted(request)`"

        for guard in self.0.applying(request) {
            guard.check(request, now_ms)?;
        }
        Ok(request)
