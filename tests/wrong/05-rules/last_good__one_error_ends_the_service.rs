//! exercise = "05-rules/last_good"
//! mark = "body"
//! misconception = "an error in one reload must stop the service"
//! fails = "keeps_why_a_file_was_refused"
//! says = "each error is kept"

            match read(file, self.limit) {
                Ok(rules) => self.rules = rules,
                Err(error) => {
                    self.refused.push(error);
                    in_force.push(self.rules.len());
                    break;
                }
            }
