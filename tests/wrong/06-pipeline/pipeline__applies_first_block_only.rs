//! exercise = "06-pipeline"
//! mark = "applies"
//! misconception = "the first block speaks for all"
//! fails = "step_1_block::applies_where_a_block_has_its_scope"
//! says = "any of its blocks"

        self.0.first().is_some_and(|block| block.scope.matches(request.host, request.path()))
