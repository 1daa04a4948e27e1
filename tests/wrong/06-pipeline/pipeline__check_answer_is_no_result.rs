//! exercise = "06-pipeline"
//! mark = "check"
//! misconception = "what is returned is an answer, so the Result goes by itself"
//! fails = "E0308"
//! says = "`Err(…)`"

        match self.0.iter().find(|block| meets(block, request)) {
            Some(block) => Answer::Reject { status: block.status, why: "a rule blocks this request", retry_after_s: None },
            None => Ok(()),
        }
