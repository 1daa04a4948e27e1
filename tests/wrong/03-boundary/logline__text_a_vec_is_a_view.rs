//! exercise = "03-boundary"
//! mark = "text"
//! misconception = "Cow::Owned takes a loan"
//! fails = "E0271"
//! says = "takes a Vec of its own"

    if quoted.contains(&b'\\') { Ok(Cow::Owned(quoted)) } else { Err(LineError::new(LineFault::Escape, offset)) }
