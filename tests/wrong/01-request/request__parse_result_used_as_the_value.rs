//! exercise = "01-request"
//! mark = "parse"
//! misconception = "a function that can fail gives its value all the same"
//! fails = "E0308"
//! says = "needs a `?`"

    for field in lines {
        if fields.len() == limits.fields {
            return Err(ParseError::new(Fault::TooManyFields { limit: limits.fields }, field.start));
        }
        fields.push(syntax::field_line(&head, field));
    }
    Ok(RequestHead::new(head, line, fields))
