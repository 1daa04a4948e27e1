//! exercise = "05-rules"
//! mark = "parse"
//! misconception = "`?` on an Option gives an error by itself"
//! fails = "E0277"
//! says = "ok_or_else"

        let text = value.get_ref().as_str()?;
        self.short(value, text)?;
        text.parse().map_err(|wrong| self.at(value, wrong))
