//! exercise = "06-pipeline"
//! mark = "applies"
//! misconception = "a filter that exists applies"
//! fails = "step_1_block::applies_where_a_block_has_its_scope"
//! says = "where any of its blocks has its scope"

        !self.0.is_empty()
