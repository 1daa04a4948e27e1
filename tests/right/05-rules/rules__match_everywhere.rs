//! exercise = "05-rules"
//! mark = "place"
//! shape = "each Result and Option is taken apart by a match or a let-else, and no closure makes an error"

    let (mut line, mut column) = (1, 1);
    for (at, &byte) in file.iter().enumerate() {
        if at >= offset {
            break;
        }
        match byte {
            b'\n' => (line, column) = (line + 1, 1),
            _ if begins_a_character(byte) => column += 1,
            _ => {}
        }
    }
    Place { line, column }
// mark: document
        let limit = self.limits.bytes;
        if self.file.len() > limit {
            return Err(self.error(limit, too_many("bytes", limit, "file")));
        }
        let text = match std::str::from_utf8(self.file) {
            Ok(text) => text,
            Err(error) => return Err(self.error(error.valid_up_to(), not_text())),
        };
        match DeTable::parse(text) {
            Ok(table) => Ok(table),
            Err(error) => {
                let offset = match error.span() {
                    Some(span) => span.start,
                    None => 0,
                };
                Err(self.error(offset, not_toml(error.message())))
            }
        }
// mark: parse
        let DeValue::String(text) = value.get_ref() else {
            return Err(self.at(value, wrong_kind(key, "a text in quotes", value)));
        };
        self.short(value, text)?;
        match text.parse() {
            Ok(word) => Ok(word),
            Err(wrong) => Err(self.at(value, wrong)),
        }
// mark: rules
            if *left == 0 {
                return Err(table.error(too_many("rules", self.reader.limits.rules, "file")));
            }
            *left -= 1;
            let rule = read(table)?;
            rules.push(rule);
// mark: reload
        kept.reloads.error = loaded.as_ref().err().cloned();
        let Ok(rules) = loaded else {
            kept.reloads.bad += 1;
            return loaded.map(Arc::new);
        };
        kept.reloads.good += 1;
        let rules = Arc::new(rules);
        kept.rules = Arc::clone(&rules);
        Ok(rules)
