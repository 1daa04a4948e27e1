//! exercise = "05-rules"
//! mark = "document"
//! misconception = "`?` turns any error into ours"
//! fails = "E0277"
//! says = "map_err"

        if self.file.len() > self.limits.bytes {
            return Err(self.error(self.limits.bytes, too_many("bytes", self.limits.bytes, "file")));
        }
        let text = std::str::from_utf8(self.file)?;
        DeTable::parse(text).map_err(|error| self.error(0, not_toml(error.message())))
