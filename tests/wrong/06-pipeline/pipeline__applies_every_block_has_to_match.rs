//! exercise = "06-pipeline"
//! mark = "applies"
//! misconception = "a filter applies when all of it applies"
//! fails = "step_1_block::applies_where_a_block_has_its_scope"
//! says = "any of its blocks"

        self.0.iter().all(|block| block.scope.matches(request.host, request.path()))
