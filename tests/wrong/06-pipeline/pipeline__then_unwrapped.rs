//! exercise = "06-pipeline"
//! mark = "then"
//! misconception = "the first phase always has something to give"
//! fails = "step_4_then::an_answer_of_the_first_phase_goes_up"
//! says = "called `Result::unwrap()` on an `Err` value"

        self.second.run(self.first.run(input).unwrap())
