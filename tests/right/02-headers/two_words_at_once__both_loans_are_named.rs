//! exercise = "02-headers/two_words_at_once"
//! mark = "body"
//! shape = "both loans have a name, and the answer says which one it is"

    /// The next word, a piece of the line; `None` when there is no more.
    pub fn next_word<'words>(&'words mut self) -> Option<&'a str> {
        let rest = self.rest.trim_start_matches(' ');
        let (word, behind) = rest.split_once(' ').unwrap_or((rest, ""));
        self.rest = behind;
        if word.is_empty() { None } else { Some(word) }
    }
