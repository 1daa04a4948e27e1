//! exercise = "05-rules/last_good"
//! mark = "body"
//! misconception = "when in doubt, no rules is safe"
//! fails = "a_file_twice_its_size_changes_nothing"
//! says = "the rules of the last good file stay"

            match read(file, self.limit) {
                Ok(rules) => self.rules = rules,
                Err(error) => {
                    self.rules.clear();
                    self.refused.push(error);
                }
            }
