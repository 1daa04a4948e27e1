//! exercise = "03-boundary"
//! mark = "text"
//! misconception = "a log is always as it was written"
//! fails = "step_2_parse::names_the_escape_that_cannot_be_read"
//! says = "called `Result::unwrap()`"

    let _ = offset;
    if !quoted.contains(&b'\\') {
        return Ok(Cow::Borrowed(quoted));
    }
    Ok(Cow::Owned(spell::unescaped(quoted).unwrap()))
