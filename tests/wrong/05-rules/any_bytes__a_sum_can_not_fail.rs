//! exercise = "05-rules/any_bytes"
//! mark = "body"
//! misconception = "only an `unwrap` can panic"
//! fails = "a_range_that_runs_backwards_is_an_error"
//! says = "neither a panic nor a number that nobody meant"

    let text = std::str::from_utf8(range).map_err(|_| RangeError::NoText)?;
    let (first, last) = text.split_once('-').ok_or(RangeError::NoDash)?;
    let first: u64 = first.parse().map_err(|_| RangeError::NoNumber)?;
    let last: u64 = last.parse().map_err(|_| RangeError::NoNumber)?;
    Ok(last - first + 1)
