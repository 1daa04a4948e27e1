//! exercise = "03-boundary"
//! mark = "text"
//! shape = "match on where the backslash is, and map_err"

    match quoted.iter().position(|byte| *byte == b'\\') {
        None => Ok(quoted.into()),
        Some(_) => {
            let bytes = spell::unescaped(quoted).map_err(|at| LineError::new(LineFault::Escape, offset + at))?;
            Ok(bytes.into())
        }
    }
