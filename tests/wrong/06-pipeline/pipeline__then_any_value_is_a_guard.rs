//! exercise = "06-pipeline"
//! mark = "then"
//! misconception = "a value with the right methods is a guard"
//! fails = "E0277"
//! says = "has to implement the trait"
//! [edits]
//! "<G: Guard + 'static>" = "<G: Send + Sync + 'static>"

        let between = self.first.run(input)?;
        self.second.run(between)
