//! exercise = "06-pipeline"
//! mark = "check"
//! misconception = "the first block in the list is the one"
//! fails = "step_1_block::lets_pass_what_no_block_is_for"
//! says = "/menu is not below /admin"

        match self.0.first() {
            Some(block) => Err(Answer::Reject { status: block.status, why: "a rule blocks this request", retry_after_s: None }),
            None => Ok(()),
        }
