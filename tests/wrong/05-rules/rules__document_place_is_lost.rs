//! exercise = "05-rules"
//! mark = "document"
//! misconception = "an error message is enough without its place"
//! fails = "step_2_document::says_where_the_file_stops_being_toml"
//! says = "the error says where it is"

        if self.file.len() > self.limits.bytes {
            return Err(self.error(self.limits.bytes, too_many("bytes", self.limits.bytes, "file")));
        }
        let text = std::str::from_utf8(self.file).map_err(|error| self.error(error.valid_up_to(), not_text()))?;
        DeTable::parse(text).map_err(|error| self.error(0, not_toml(error.message())))
