//! exercise = "01-request"
//! mark = "parse"
//! shape = "match on each line, and count by hand"

    let mut count = 0;
    for place in lines {
        count += 1;
        if count > limits.fields {
            return Err(ParseError::new(Fault::TooManyFields { limit: limits.fields }, place.start));
        }
        match syntax::field_line(&head, place) {
            Ok(field) => fields.push(field),
            Err(error) => return Err(error),
        }
    }
    Ok(RequestHead::new(head, line, fields))
