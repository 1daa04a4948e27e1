//! exercise = "01-request"
//! mark = "parse"
//! misconception = "a value that was lent must be cloned before it is given away"
//! fails = "step_2_parse::moves_the_bytes_into_the_head_without_a_copy"
//! says = "it can move it into the RequestHead"

    for field in lines {
        if fields.len() == limits.fields {
            return Err(ParseError::new(Fault::TooManyFields { limit: limits.fields }, field.start));
        }
        fields.push(syntax::field_line(&head, field)?);
    }
    Ok(RequestHead::new(head.clone(), line, fields))
