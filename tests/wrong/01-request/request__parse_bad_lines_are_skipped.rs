//! exercise = "01-request"
//! mark = "parse"
//! misconception = "a line that cannot be read can be left out"
//! fails = "step_2_parse::names_the_fault_and_its_offset"
//! says = "the first fault refuses the whole head"

    for field in lines {
        if fields.len() == limits.fields {
            return Err(ParseError::new(Fault::TooManyFields { limit: limits.fields }, field.start));
        }
        if let Ok(field) = syntax::field_line(&head, field) {
            fields.push(field);
        }
    }
    Ok(RequestHead::new(head, line, fields))
