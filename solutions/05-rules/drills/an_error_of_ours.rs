//! An error of ours: a rate is written as `10/20`, requests a second and requests at once.
//!
//! Three things can be wrong with it, so there is an enum with three errors.
//! One of them comes from Rust's library: `parse` has a `ParseIntError`.
//! `?` hands up the error type of the function. From another type it gets there by a `From`, if somebody has written it.
//! Nobody has, so rustc refuses both `?`, with E0277. Write that one `impl`, and leave `rate` as it is.

use std::num::ParseIntError;

/// How often a client may ask.
#[derive(Debug, PartialEq)]
pub struct Rate {
    pub requests: u32,
    pub burst: u32,
}

/// Why a rate is refused.
#[derive(Debug, PartialEq)]
pub enum RateError {
    /// There is no `/` in it.
    NoSlash,
    /// A side of it is no number; this is what Rust's library says.
    NoNumber(ParseIntError),
    /// Fewer requests at once than in a second.
    SmallBurst,
}

// exercise: begin
impl From<ParseIntError> for RateError {
    fn from(error: ParseIntError) -> Self {
        Self::NoNumber(error)
    }
}
// exercise: stub
// // Here: how a ParseIntError becomes a RateError. `impl From<…> for … { fn from(error: …) -> Self { … } }`
// exercise: end

/// Reads a rate: `10/20`.
pub fn rate(text: &str) -> Result<Rate, RateError> {
    let Some((requests, burst)) = text.split_once('/') else { return Err(RateError::NoSlash) };
    let requests = requests.trim().parse::<u32>()?;
    let burst = burst.trim().parse::<u32>()?;
    if burst < requests { Err(RateError::SmallBurst) } else { Ok(Rate { requests, burst }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<Rate, RateError>, why: &str) {
        println!("{why}\ninput: {text:?}"); // should a panic come, this is still shown
        let got = rate(text);
        assert!(got == expected, "{why}\ninput: {text:?}\nexpected: {expected:?}\ngot: {got:?}");
    }

    /// The error of ours around the one that Rust's own library has for `text`.
    fn no_number(text: &str) -> RateError {
        RateError::NoNumber(text.parse::<u32>().expect_err("the tests give a text that is no number"))
    }

    #[test]
    fn reads_a_rate() {
        check("10/20", Ok(Rate { requests: 10, burst: 20 }), "both sides are numbers");
        check("5 / 5", Ok(Rate { requests: 5, burst: 5 }), "both sides are numbers");
    }

    #[test]
    fn knows_its_own_errors() {
        check("10", Err(RateError::NoSlash), "there is no slash");
        check("20/10", Err(RateError::SmallBurst), "20 in a second, and 10 at once, is a mistake");
    }

    #[test]
    fn keeps_what_the_library_said() {
        let why =
            "what the library said is kept inside NoNumber, so that whoever reads the error learns what was wrong";
        check("ten/20", Err(no_number("ten")), why);
        check("10/", Err(no_number("")), why);
        check("10/-1", Err(no_number("-1")), why);
        check("99999999999/1", Err(no_number("99999999999")), why);
    }
}
