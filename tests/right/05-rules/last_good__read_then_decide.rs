//! exercise = "05-rules/last_good"
//! mark = "body"
//! shape = "the Result is kept first, and looked at next"

            let answer = read(file, self.limit);
            if let Ok(rules) = answer {
                self.rules = rules;
            } else if let Err(error) = answer {
                self.refused.push(error);
            }
