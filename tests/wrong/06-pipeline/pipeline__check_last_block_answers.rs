//! exercise = "06-pipeline"
//! mark = "check"
//! misconception = "the later rule replaces the earlier one"
//! fails = "step_1_block::the_first_block_that_is_met_answers"
//! says = "in the order of the file"

        match self.0.iter().rfind(|block| meets(block, request)) {
            Some(block) => Err(Answer::Reject { status: block.status, why: "a rule blocks this request", retry_after_s: None }),
            None => Ok(()),
        }
