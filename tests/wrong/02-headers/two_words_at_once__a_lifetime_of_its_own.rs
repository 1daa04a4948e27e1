//! exercise = "02-headers/two_words_at_once"
//! mark = "body"
//! misconception = "any name for a lifetime will do"
//! fails = "E0499"
//! says = "borrowed from the line"

    /// The next word, a piece of the line; `None` when there is no more.
    pub fn next_word<'b>(&'b mut self) -> Option<&'b str> {
        let rest = self.rest.trim_start_matches(' ');
        let (word, behind) = rest.split_once(' ').unwrap_or((rest, ""));
        self.rest = behind;
        if word.is_empty() { None } else { Some(word) }
    }
