//! exercise = "05-rules/any_bytes"
//! mark = "body"
//! misconception = "a default is as good as an error"
//! fails = "what_is_no_number_is_an_error"
//! says = "a number that nobody wrote"

    let text = std::str::from_utf8(range).map_err(|_| RangeError::NoText)?;
    let (first, last) = text.split_once('-').ok_or(RangeError::NoDash)?;
    let first: u64 = first.parse().unwrap_or(0);
    let last: u64 = last.parse().unwrap_or(0);
    let distance = last.checked_sub(first).ok_or(RangeError::Backwards)?;
    distance.checked_add(1).ok_or(RangeError::TooLong)
