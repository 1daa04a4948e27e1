//! exercise = "05-rules"
//! mark = "parse"
//! misconception = "the operator writes the type that we expect"
//! fails = "step_3_parse::refuses_what_is_no_text"
//! says = "called `Option::unwrap()` on a `None` value"

        let text = value.get_ref().as_str().unwrap();
        self.short(value, text)?;
        text.parse().map_err(|wrong| self.at(value, wrong))
