//! exercise = "05-rules/any_bytes"
//! mark = "body"
//! misconception = "`?` on an Option gives an error by itself"
//! fails = "E0277"
//! says = "ok_or"

    let text = std::str::from_utf8(range).map_err(|_| RangeError::NoText)?;
    let (first, last) = text.split_once('-')?;
    let first: u64 = first.parse().map_err(|_| RangeError::NoNumber)?;
    let last: u64 = last.parse().map_err(|_| RangeError::NoNumber)?;
    let distance = last.checked_sub(first).ok_or(RangeError::Backwards)?;
    distance.checked_add(1).ok_or(RangeError::TooLong)
