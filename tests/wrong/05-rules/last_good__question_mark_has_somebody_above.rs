//! exercise = "05-rules/last_good"
//! mark = "body"
//! misconception = "`?` handles the error"
//! fails = "E0277"
//! says = "nobody above"

            self.rules = read(file, self.limit)?;
