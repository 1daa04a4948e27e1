//! exercise = "03-boundary"
//! mark = "text"
//! misconception = "a view of a Vec lives as long as the view"
//! fails = "E0515"
//! says = "gone when it returns"

    match spell::unescaped(quoted) {
        Ok(bytes) => Ok(Cow::Borrowed(&bytes[..])),
        Err(at) => Err(LineError::new(LineFault::Escape, offset + at)),
    }
