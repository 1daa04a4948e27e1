//! exercise = "06-pipeline"
//! mark = "then"
//! misconception = "the second phase takes the whole Result of the first"
//! fails = "E0308"
//! says = "`?`"

        self.second.run(self.first.run(input))
