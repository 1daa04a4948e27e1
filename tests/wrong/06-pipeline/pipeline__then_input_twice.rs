//! exercise = "06-pipeline"
//! mark = "then"
//! misconception = "an input can be run twice"
//! fails = "E0382"
//! says = "moved"

        self.first.run(input)?;
        let between = self.first.run(input)?;
        self.second.run(between)
