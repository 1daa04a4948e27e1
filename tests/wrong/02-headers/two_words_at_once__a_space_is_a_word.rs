//! exercise = "02-headers/two_words_at_once"
//! mark = "body"
//! misconception = "words are what stands between two spaces"
//! fails = "passes_over_spaces"
//! says = "a space is no word"

    /// The next word, a piece of the line; `None` when there is no more.
    pub fn next_word(&mut self) -> Option<&'a str> {
        let (word, behind) = self.rest.split_once(' ').unwrap_or((self.rest, ""));
        self.rest = behind;
        if word.is_empty() { None } else { Some(word) }
    }
