//! exercise = "05-rules/any_bytes"
//! mark = "body"
//! misconception = "a number that stops at its end is an answer"
//! fails = "a_length_beyond_64_bits_is_an_error"
//! says = "the length may need 65 bits"

    let text = std::str::from_utf8(range).map_err(|_| RangeError::NoText)?;
    let (first, last) = text.split_once('-').ok_or(RangeError::NoDash)?;
    let first: u64 = first.parse().map_err(|_| RangeError::NoNumber)?;
    let last: u64 = last.parse().map_err(|_| RangeError::NoNumber)?;
    let distance = last.checked_sub(first).ok_or(RangeError::Backwards)?;
    Ok(distance.saturating_add(1))
