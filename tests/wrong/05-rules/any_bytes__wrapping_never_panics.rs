//! exercise = "05-rules/any_bytes"
//! mark = "body"
//! misconception = "what does not panic is right"
//! fails = "a_range_that_runs_backwards_is_an_error"
//! says = "a number that nobody meant"

    let text = std::str::from_utf8(range).map_err(|_| RangeError::NoText)?;
    let (first, last) = text.split_once('-').ok_or(RangeError::NoDash)?;
    let first: u64 = first.parse().map_err(|_| RangeError::NoNumber)?;
    let last: u64 = last.parse().map_err(|_| RangeError::NoNumber)?;
    Ok(last.wrapping_sub(first).wrapping_add(1))
