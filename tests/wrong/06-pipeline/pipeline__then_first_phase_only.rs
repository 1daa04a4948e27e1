//! exercise = "06-pipeline"
//! mark = "then"
//! misconception = "whatever a phase gives is what a phase gives"
//! fails = "E0308"
//! says = "The types differ"

        self.first.run(input)
