//! exercise = "05-rules"
//! mark = "rules"
//! misconception = "a rule that cannot be read can be left out"
//! fails = "step_4_rules::one_bad_rule_refuses_the_whole_file"
//! says = "a mistake refuses the whole file"

            let limit = self.reader.limits.rules;
            *left = left.checked_sub(1).ok_or_else(|| table.error(too_many("rules", limit, "file")))?;
            if let Ok(rule) = read(table) {
                rules.push(rule);
            }
