//! exercise = "05-rules"
//! mark = "parse"
//! misconception = "a default is as good as an error"
//! fails = "step_3_parse::refuses_what_is_no_text"
//! says = "is of the type integer"

        let text = value.get_ref().as_str().unwrap_or_default();
        self.short(value, text)?;
        text.parse().map_err(|wrong| self.at(value, wrong))
