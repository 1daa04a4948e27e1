//! exercise = "01-request"
//! mark = "parse"
//! misconception = "a slice of the head can be kept while the head moves"
//! fails = "E0505"
//! says = "the head may not move"

    let method = line.method.of(&head);
    for field in lines {
        if fields.len() == limits.fields {
            return Err(ParseError::new(Fault::TooManyFields { limit: limits.fields }, field.start));
        }
        fields.push(syntax::field_line(&head, field)?);
    }
    let request = RequestHead::new(head, line, fields);
    debug_assert!(request.method() == method);
    Ok(request)
