//! exercise = "05-rules/any_bytes"
//! mark = "body"
//! shape = "let-else and match in place of `?`"

    let Ok(text) = std::str::from_utf8(range) else { return Err(RangeError::NoText) };
    let Some((first, last)) = text.split_once('-') else { return Err(RangeError::NoDash) };
    let (Ok(first), Ok(last)) = (first.parse::<u64>(), last.parse::<u64>()) else {
        return Err(RangeError::NoNumber);
    };
    if last < first {
        return Err(RangeError::Backwards);
    }
    match (last - first).checked_add(1) {
        Some(length) => Ok(length),
        None => Err(RangeError::TooLong),
    }
