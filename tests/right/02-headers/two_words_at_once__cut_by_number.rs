//! exercise = "02-headers/two_words_at_once"
//! mark = "body"
//! shape = "find and split_at in place of split_once"

    /// The next word, a piece of the line; `None` when there is no more.
    pub fn next_word(&mut self) -> Option<&'a str> {
        let rest: &'a str = self.rest.trim_start_matches(' ');
        let end = rest.find(' ').unwrap_or(rest.len());
        let (word, behind) = rest.split_at(end);
        self.rest = behind;
        if word.is_empty() { None } else { Some(word) }
    }
