//! exercise = "03-boundary"
//! mark = "text"
//! misconception = "a copy is always safe, so it is always right"
//! fails = "step_2_parse::lends_every_text_that_holds_no_escape"
//! says = "the entry can borrow them"

    match spell::unescaped(quoted) {
        Ok(bytes) => Ok(Cow::Owned(bytes)),
        Err(at) => Err(LineError::new(LineFault::Escape, offset + at)),
    }
