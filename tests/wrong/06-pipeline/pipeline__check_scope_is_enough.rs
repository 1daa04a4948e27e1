//! exercise = "06-pipeline"
//! mark = "check"
//! misconception = "a block is its scope"
//! fails = "step_1_block::every_condition_of_a_block_has_to_be_met"
//! says = "all of its conditions"

        match self.0.iter().find(|block| block.scope.matches(request.host, request.path())) {
            Some(block) => Err(Answer::Reject { status: block.status, why: "a rule blocks this request", retry_after_s: None }),
            None => Ok(()),
        }
