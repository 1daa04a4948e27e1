//! exercise = "01-request"
//! mark = "parse"
//! misconception = "a limit is the first count that is refused"
//! fails = "step_2_parse::takes_as_many_fields_as_the_limit_allows"
//! says = "two fields fit into a limit of two"

    for field in lines {
        fields.push(syntax::field_line(&head, field)?);
        if fields.len() == limits.fields {
            return Err(ParseError::new(Fault::TooManyFields { limit: limits.fields }, field.start));
        }
    }
    Ok(RequestHead::new(head, line, fields))
