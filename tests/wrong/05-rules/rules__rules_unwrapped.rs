//! exercise = "05-rules"
//! mark = "rules"
//! misconception = "a rule that we read yesterday can be read today"
//! fails = "step_4_rules::one_bad_rule_refuses_the_whole_file"
//! says = "called `Result::unwrap()` on an `Err` value"

            let limit = self.reader.limits.rules;
            *left = left.checked_sub(1).ok_or_else(|| table.error(too_many("rules", limit, "file")))?;
            rules.push(read(table).unwrap());
