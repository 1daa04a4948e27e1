//! exercise = "05-rules"
//! mark = "parse"
//! misconception = "`?` turns any error into ours"
//! fails = "E0277"
//! says = "map_err"

        let text = value.get_ref().as_str().ok_or_else(|| self.at(value, wrong_kind(key, "a text in quotes", value)))?;
        self.short(value, text)?;
        Ok(text.parse::<T>()?)
