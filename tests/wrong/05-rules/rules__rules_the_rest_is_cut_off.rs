//! exercise = "05-rules"
//! mark = "rules"
//! misconception = "what is beyond a limit can be left out"
//! fails = "step_4_rules::refuses_one_rule_too_many"
//! says = "the file has too many rules"

            if *left == 0 {
                break;
            }
            *left -= 1;
            rules.push(read(table)?);
