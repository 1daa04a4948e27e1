//! exercise = "05-rules"
//! mark = "rules"
//! misconception = "a limit on the file is a limit on each list in it"
//! fails = "step_4_rules::counts_rules_of_all_kinds_together"
//! says = "the file has too many rules"

            let limit = self.reader.limits.rules;
            if rules.len() == limit {
                return Err(table.error(too_many("rules", limit, "file")));
            }
            rules.push(read(table)?);
