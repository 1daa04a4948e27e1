//! exercise = "03-boundary"
//! mark = "text"
//! misconception = "an offset counts from the start of the slice at hand"
//! fails = "step_2_parse::names_the_escape_that_cannot_be_read"
//! says = "says where it is"

    let _ = offset;
    if !quoted.contains(&b'\\') {
        return Ok(Cow::Borrowed(quoted));
    }
    match spell::unescaped(quoted) {
        Ok(bytes) => Ok(Cow::Owned(bytes)),
        Err(at) => Err(LineError::new(LineFault::Escape, at)),
    }
