//! exercise = "01-request"
//! mark = "parse"
//! misconception = "a loan is good enough for a struct that keeps the bytes"
//! fails = "E0308"
//! says = "a Vec or a String owns its bytes"

    for field in lines {
        if fields.len() == limits.fields {
            return Err(ParseError::new(Fault::TooManyFields { limit: limits.fields }, field.start));
        }
        fields.push(syntax::field_line(&head, field)?);
    }
    Ok(RequestHead::new(&head, line, fields))
