//! exercise = "05-rules"
//! mark = "rules"
//! misconception = "a list of results is a list of values"
//! fails = "E0308"
//! says = "`?`"

            let limit = self.reader.limits.rules;
            *left = left.checked_sub(1).ok_or_else(|| table.error(too_many("rules", limit, "file")))?;
            rules.push(read(table));
