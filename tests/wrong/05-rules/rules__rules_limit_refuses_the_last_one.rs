//! exercise = "05-rules"
//! mark = "rules"
//! misconception = "a limit is the first count that is refused"
//! fails = "step_4_rules::takes_as_many_rules_as_the_limit_allows"
//! says = "the file has too many rules"

            let limit = self.reader.limits.rules;
            *left -= 1;
            if *left == 0 {
                return Err(table.error(too_many("rules", limit, "file")));
            }
            rules.push(read(table)?);
