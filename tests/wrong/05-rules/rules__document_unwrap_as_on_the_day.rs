//! exercise = "05-rules"
//! mark = "document"
//! misconception = "a file that our own program wrote is good"
//! fails = "step_2_document::says_where_the_file_stops_being_toml"
//! says = "called `Result::unwrap()` on an `Err` value"

        if self.file.len() > self.limits.bytes {
            return Err(self.error(self.limits.bytes, too_many("bytes", self.limits.bytes, "file")));
        }
        let text = std::str::from_utf8(self.file).map_err(|error| self.error(error.valid_up_to(), not_text()))?;
        Ok(DeTable::parse(text).unwrap())
