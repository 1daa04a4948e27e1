//! exercise = "05-rules/any_bytes"
//! mark = "body"
//! misconception = "with `expect`, the error is handled"
//! fails = "bytes_that_are_no_text_are_an_error"
//! says = "an error, and no panic"

    let text = std::str::from_utf8(range).expect("a range is text");
    let (first, last) = text.split_once('-').expect("a range has a dash");
    let first: u64 = first.parse().expect("the first byte is a number");
    let last: u64 = last.parse().expect("the last byte is a number");
    Ok(last.checked_sub(first).ok_or(RangeError::Backwards)? + 1)
