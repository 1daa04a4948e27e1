//! Any bytes: a client asks for a part of a file, with `500-999`, and may write anything at all there.
//!
//! The body below is right for each good range, and it panics in six ways for bad ones.
//! `unwrap` checks nothing for you: it turns an error into a panic. So does a `-` or a `+` that leaves the number type.
//! A client wrote this text, so each of the six is an answer (416, say), and none is a panic.
//! Give each its error. `map_err` makes a Result's error yours, `ok_or` gives an Option one, and `?` hands it up;
//! `checked_sub` and `checked_add` answer with an Option.

/// Why a range is refused.
#[derive(Debug, PartialEq)]
pub enum RangeError {
    /// The bytes are not UTF-8.
    NoText,
    /// There is no `-`.
    NoDash,
    /// A side of the dash is no number of 64 bits.
    NoNumber,
    /// The last byte stands before the first one.
    Backwards,
    /// The length does not fit into 64 bits.
    TooLong,
}

/// How many bytes a range means, first and last included: `500-999` are 500 bytes.
pub fn length(range: &[u8]) -> Result<u64, RangeError> {
    // exercise: begin
    let text = std::str::from_utf8(range).map_err(|_| RangeError::NoText)?;
    let (first, last) = text.split_once('-').ok_or(RangeError::NoDash)?;
    let first: u64 = first.parse().map_err(|_| RangeError::NoNumber)?;
    let last: u64 = last.parse().map_err(|_| RangeError::NoNumber)?;
    let distance = last.checked_sub(first).ok_or(RangeError::Backwards)?;
    distance.checked_add(1).ok_or(RangeError::TooLong)
    // exercise: stub
    // let text = std::str::from_utf8(range).unwrap();
    // let (first, last) = text.split_once('-').unwrap();
    // let first: u64 = first.parse().unwrap();
    // let last: u64 = last.parse().unwrap();
    // Ok(last - first + 1)
    // exercise: end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(range: &[u8], expected: Result<u64, RangeError>, why: &str) {
        let input = range.escape_ascii();
        println!("{why}\ninput: {input}"); // should length panic, this is still shown
        let got = length(range);
        assert!(got == expected, "{why}\ninput: {input}\nexpected: {expected:?}\ngot: {got:?}");
    }

    #[test]
    fn counts_the_first_and_the_last_byte() {
        check(b"500-999", Ok(500), "both ends belong to the range");
        check(b"7-7", Ok(1), "a range from a byte to itself is one byte");
        check(b"1-18446744073709551615", Ok(u64::MAX), "this just fits into 64 bits");
    }

    #[test]
    fn bytes_that_are_no_text_are_an_error() {
        check(b"\xff\xfe", Err(RangeError::NoText), "a client may send any bytes: an error, and no panic");
    }

    #[test]
    fn a_missing_dash_is_an_error() {
        check(b"500", Err(RangeError::NoDash), "there may be no dash: an error, and no panic");
        check(b"", Err(RangeError::NoDash), "there may be nothing at all: an error, and no panic");
    }

    #[test]
    fn what_is_no_number_is_an_error() {
        let why = "either side may be no number: an error, and neither a panic nor a number that nobody wrote";
        check(b"a-999", Err(RangeError::NoNumber), why);
        check(b"500-", Err(RangeError::NoNumber), why);
        check(b"0-18446744073709551616", Err(RangeError::NoNumber), why);
    }

    #[test]
    fn a_range_that_runs_backwards_is_an_error() {
        let why =
            "the last byte may stand before the first: an error, and neither a panic nor a number that nobody meant";
        check(b"999-500", Err(RangeError::Backwards), why);
        check(b"1-0", Err(RangeError::Backwards), why);
    }

    #[test]
    fn a_length_beyond_64_bits_is_an_error() {
        let why = "the length may need 65 bits: an error, and neither a panic nor a length of 0";
        check(b"0-18446744073709551615", Err(RangeError::TooLong), why);
    }
}
