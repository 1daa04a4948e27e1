//! exercise = "06-pipeline"
//! mark = "then"
//! misconception = "a Box owns its value, so the value can borrow what it likes"
//! fails = "E0310"
//! says = "G: Guard + 'static"
//! [edits]
//! "<G: Guard + 'static>" = "<G: Guard>"

        let between = self.first.run(input)?;
        self.second.run(between)
