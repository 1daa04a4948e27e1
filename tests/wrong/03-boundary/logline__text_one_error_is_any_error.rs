//! exercise = "03-boundary"
//! mark = "text"
//! misconception = "`?` takes whatever error comes"
//! fails = "E0277"
//! says = "`map_err`"

    let _ = offset;
    if !quoted.contains(&b'\\') {
        return Ok(Cow::Borrowed(quoted));
    }
    Ok(Cow::Owned(spell::unescaped(quoted)?))
