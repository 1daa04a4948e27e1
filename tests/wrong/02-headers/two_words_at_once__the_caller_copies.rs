//! exercise = "02-headers/two_words_at_once"
//! mark = "body"
//! misconception = "the caller has to copy what it wants to keep"
//! fails = "E0499"
//! says = "borrowed from the line"
//! [edits]
//! "let method = words.next_word()?;" = "let method = words.next_word()?.to_string();"

    /// The next word, a piece of the line; `None` when there is no more.
    pub fn next_word(&mut self) -> Option<&str> {
        let rest = self.rest.trim_start_matches(' ');
        let (word, behind) = rest.split_once(' ').unwrap_or((rest, ""));
        self.rest = behind;
        if word.is_empty() { None } else { Some(word) }
    }
