//! exercise = "05-rules/last_good"
//! mark = "body"
//! misconception = "what is beyond a limit can be left out"
//! fails = "a_file_twice_its_size_changes_nothing"
//! says = "a bad file changes nothing"

            let kept: Vec<&str> = file.lines().take(self.limit).collect();
            match read(&kept.join("\n"), self.limit) {
                Ok(rules) => self.rules = rules,
                Err(error) => self.refused.push(error),
            }
