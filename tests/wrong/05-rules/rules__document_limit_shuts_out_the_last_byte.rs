//! exercise = "05-rules"
//! mark = "document"
//! misconception = "a limit is the first length that is refused"
//! fails = "step_2_document::takes_a_file_that_just_fits"
//! says = "64 bytes fit into a limit of 64"

        if self.file.len() >= self.limits.bytes {
            return Err(self.error(self.limits.bytes, too_many("bytes", self.limits.bytes, "file")));
        }
        let text = std::str::from_utf8(self.file).map_err(|error| self.error(error.valid_up_to(), not_text()))?;
        DeTable::parse(text).map_err(|error| self.error(offset_of(&error), not_toml(error.message())))
