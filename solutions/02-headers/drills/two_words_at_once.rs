//! Two words at once: the log needs the method and the target of one request line, side by side.
//!
//! `next_word` cuts one word after the other off a line.
//! Its signature says `&mut self` and `Option<&str>`, without a name for either loan.
//! Then rustc takes it that the word is borrowed from the `Words`, and that nobody may call `next_word` again
//! as long as the word is in use. But the word is a piece of the line, and the line has a name already: `'a`.

/// A request line, and how much of it has not been read yet.
#[derive(Debug)]
pub struct Words<'a> {
    rest: &'a str,
}

impl<'a> Words<'a> {
    /// The words of `line`.
    pub fn of(line: &'a str) -> Self {
        Self { rest: line }
    }

    // exercise: begin
    /// The next word, a piece of the line; `None` when there is no more.
    pub fn next_word(&mut self) -> Option<&'a str> {
        let rest = self.rest.trim_start_matches(' ');
        let (word, behind) = rest.split_once(' ').unwrap_or((rest, ""));
        self.rest = behind;
        if word.is_empty() { None } else { Some(word) }
    }
    // exercise: stub
    // /// The next word, a piece of the line; `None` when there is no more.
    // pub fn next_word(&mut self) -> Option<&str> {
    //     let rest = self.rest.trim_start_matches(' ');
    //     let (word, behind) = rest.split_once(' ').unwrap_or((rest, ""));
    //     self.rest = behind;
    //     if word.is_empty() { None } else { Some(word) }
    // }
    // exercise: end
}

/// The target, and behind it the method: `/menu (GET)`.
pub fn log_line(line: &str) -> Option<String> {
    let mut words = Words::of(line);
    let method = words.next_word()?;
    let target = words.next_word()?;
    Some(format!("{target} ({method})"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: &[&str], why: &str) {
        let mut words = Words::of(line);
        let mut got = Vec::new();
        for _ in 0..4 {
            let word: Option<&str> = words.next_word();
            got.push(word.map_or("(none)", |word| word).to_owned());
        }
        assert!(got == expected, "{why}\nline: {line:?}\nexpected: {expected:?}\ngot: {got:?}");
    }

    #[test]
    fn gives_one_word_after_the_other() {
        check("GET /menu HTTP/1.1", &["GET", "/menu", "HTTP/1.1", "(none)"], "each call goes on behind the last word");
        check("GET", &["GET", "(none)", "(none)", "(none)"], "after the last word there is none");
    }

    #[test]
    fn passes_over_spaces() {
        check("  GET   /menu ", &["GET", "/menu", "(none)", "(none)"], "a space is no word");
        check("", &["(none)"; 4], "there is no word in an empty line");
    }

    #[test]
    fn gives_words_that_can_be_held_at_the_same_time() {
        let mut words = Words::of("GET /menu");
        let (method, target) = (words.next_word(), words.next_word());
        assert_eq!((method, target), (Some("GET"), Some("/menu")), "both words are pieces of the line");
    }

    #[test]
    fn writes_the_target_and_the_method() {
        assert_eq!(log_line("GET /menu HTTP/1.1").as_deref(), Some("/menu (GET)"), "line: GET /menu HTTP/1.1");
        assert_eq!(log_line("GET"), None, "there is no target");
    }
}
