//! Hand it up: two limits stand in the settings, and one of them may be no number.
//!
//! `number` meets the error, and can't mend it: it does not know which setting it reads, nor who reads them.
//! `?` hands an error up, to the caller. But `number` promises a plain `usize`, and there an error has no place.
//! So rustc refuses the `?`, with E0277.
//! Let `number` say that it can fail, and let `limits` hand on what `number` says.

use std::num::ParseIntError;

/// How much a rule file may hold.
#[derive(Debug, PartialEq)]
pub struct Limits {
    pub rules: usize,
    pub bytes: usize,
}

/// The number in `text`, with or without spaces around it.
fn number(text: &str) -> usize {
    text.trim().parse::<usize>()?
}

/// Both limits, or the first error.
pub fn limits(rules: &str, bytes: &str) -> Result<Limits, ParseIntError> {
    Ok(Limits { rules: number(rules), bytes: number(bytes) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rules: &str, bytes: &str, expected: Result<Limits, ParseIntError>, why: &str) {
        println!("{why}\ninput: {rules:?} and {bytes:?}"); // should limits panic, this is still shown
        let got = limits(rules, bytes);
        assert!(got == expected, "{why}\ninput: {rules:?} and {bytes:?}\nexpected: {expected:?}\ngot: {got:?}");
    }

    /// The error that Rust's own library has for `text`.
    fn error(text: &str) -> ParseIntError {
        text.parse::<usize>().expect_err("the tests give a text that is no number")
    }

    #[test]
    fn reads_both_numbers() {
        check("200", "65536", Ok(Limits { rules: 200, bytes: 65536 }), "both texts are numbers");
        check(" 7 ", "0", Ok(Limits { rules: 7, bytes: 0 }), "spaces do not matter, and 0 is a number");
    }

    #[test]
    fn hands_up_the_error_of_each() {
        let why = "a text that is no number is an error for whoever asked: a panic, or some other number, says less";
        check("two hundred", "65536", Err(error("two hundred")), why);
        check("200", "64k", Err(error("64k")), why);
        check("", "65536", Err(error("")), why);
        check("200", "-1", Err(error("-1")), why);
    }

    #[test]
    fn hands_up_the_first_of_two_errors() {
        check("", "64k", Err(error("")), "`?` ends the function, so the second text is never read");
    }
}
