//! exercise = "05-rules/last_good"
//! mark = "body"
//! misconception = "an error that was stepped over did not happen"
//! fails = "a_file_twice_its_size_changes_nothing"
//! says = "refused []"

            if let Ok(rules) = read(file, self.limit) {
                self.rules = rules;
            }
