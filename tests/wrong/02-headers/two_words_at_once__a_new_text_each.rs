//! exercise = "02-headers/two_words_at_once"
//! mark = "body"
//! misconception = "without a lifetime one has to copy"
//! fails = "E0308"
//! says = "a piece of the line"

    /// The next word, a piece of the line; `None` when there is no more.
    pub fn next_word(&mut self) -> Option<String> {
        let rest = self.rest.trim_start_matches(' ');
        let (word, behind) = rest.split_once(' ').unwrap_or((rest, ""));
        self.rest = behind;
        if word.is_empty() { None } else { Some(word.to_string()) }
    }
