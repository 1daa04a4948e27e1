//! exercise = "02-headers/two_words_at_once"
//! mark = "body"
//! misconception = "each call goes on by itself"
//! fails = "gives_one_word_after_the_other"
//! says = "goes on behind the last word"

    /// The next word, a piece of the line; `None` when there is no more.
    pub fn next_word(&mut self) -> Option<&'a str> {
        let rest = self.rest.trim_start_matches(' ');
        let (word, _) = rest.split_once(' ').unwrap_or((rest, ""));
        if word.is_empty() { None } else { Some(word) }
    }
