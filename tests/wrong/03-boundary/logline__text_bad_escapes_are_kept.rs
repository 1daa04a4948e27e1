//! exercise = "03-boundary"
//! mark = "text"
//! misconception = "what cannot be read can be kept as it is"
//! fails = "step_2_parse::names_the_escape_that_cannot_be_read"
//! says = "refuses the line"

    let _ = offset;
    if !quoted.contains(&b'\\') {
        return Ok(Cow::Borrowed(quoted));
    }
    Ok(spell::unescaped(quoted).map_or(Cow::Borrowed(quoted), Cow::Owned))
