//! exercise = "05-rules"
//! mark = "document"
//! misconception = "an `expect` with good words handles the error"
//! fails = "step_2_document::says_where_the_file_stops_being_text"
//! says = "the file is UTF-8"

        if self.file.len() > self.limits.bytes {
            return Err(self.error(self.limits.bytes, too_many("bytes", self.limits.bytes, "file")));
        }
        let text = std::str::from_utf8(self.file).expect("the file is UTF-8");
        DeTable::parse(text).map_err(|error| self.error(offset_of(&error), not_toml(error.message())))
