//! exercise = "02-headers/two_words_at_once"
//! mark = "body"
//! misconception = "there is a space behind every word"
//! fails = "gives_one_word_after_the_other"
//! says = "goes on behind the last word"

    /// The next word, a piece of the line; `None` when there is no more.
    pub fn next_word(&mut self) -> Option<&'a str> {
        let (word, behind) = self.rest.trim_start_matches(' ').split_once(' ')?;
        self.rest = behind;
        Some(word)
    }
