//! exercise = "05-rules"
//! mark = "parse"
//! misconception = "after a `?` the value is the answer"
//! fails = "E0308"
//! says = "`Ok(…)`"

        let text = value.get_ref().as_str().ok_or_else(|| self.at(value, wrong_kind(key, "a text in quotes", value)))?;
        self.short(value, text)?;
        let word: T = text.parse().map_err(|wrong| self.at(value, wrong))?;
        word
