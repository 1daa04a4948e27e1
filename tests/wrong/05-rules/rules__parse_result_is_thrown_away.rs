//! exercise = "05-rules"
//! mark = "parse"
//! misconception = "a check that is called is a check"
//! fails = "step_3_parse::refuses_a_text_that_is_too_long"
//! says = "the text has too many bytes"

        let text = value.get_ref().as_str().ok_or_else(|| self.at(value, wrong_kind(key, "a text in quotes", value)))?;
        let _ = self.short(value, text);
        text.parse().map_err(|wrong| self.at(value, wrong))
