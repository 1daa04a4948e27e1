//! exercise = "05-rules"
//! mark = "document"
//! misconception = "a limit can be checked once the work is done"
//! fails = "step_2_document::asks_for_the_length_before_anything_else"
//! says = "too many bytes"

        let text = std::str::from_utf8(self.file).map_err(|error| self.error(error.valid_up_to(), not_text()))?;
        let table = DeTable::parse(text).map_err(|error| self.error(offset_of(&error), not_toml(error.message())))?;
        if self.file.len() > self.limits.bytes {
            return Err(self.error(self.limits.bytes, too_many("bytes", self.limits.bytes, "file")));
        }
        Ok(table)
