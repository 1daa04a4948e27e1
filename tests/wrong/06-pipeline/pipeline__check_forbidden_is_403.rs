//! exercise = "06-pipeline"
//! mark = "check"
//! misconception = "a block always answers 403"
//! fails = "step_1_block::rejects_with_the_status_of_the_block"
//! says = "the block says which status"

        if self.0.iter().any(|block| meets(block, request)) {
            return Err(Answer::Reject { status: 403, why: "a rule blocks this request", retry_after_s: None });
        }
        Ok(())
