//! exercise = "06-pipeline"
//! mark = "applies"
//! misconception = "a path is what the client spelled"
//! fails = "step_1_block::applies_to_every_spelling_of_a_path"
//! says = "rules see a path in one spelling"

        self.0.iter().any(|block| block.scope.matches(request.host, request.target()))
