//! exercise = "05-rules"
//! mark = "rules"
//! misconception = "a number that is subtracted from stays a number"
//! fails = "step_4_rules::refuses_one_rule_too_many"
//! says = "attempt to subtract with overflow"

            *left -= 1;
            rules.push(read(table)?);
