//! exercise = "05-rules/last_good"
//! mark = "body"
//! shape = "the good rules are put in place by a map, and if-let sees the error"

            if let Err(error) = read(file, self.limit).map(|rules| self.rules = rules) {
                self.refused.push(error);
            }
