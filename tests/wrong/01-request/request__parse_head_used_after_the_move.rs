//! exercise = "01-request"
//! mark = "parse"
//! misconception = "a struct that was given a Vec still shares it"
//! fails = "E0382"
//! says = "does not own them any more"

    let mut request = RequestHead::new(head, line, fields);
    for field in lines {
        fields.push(syntax::field_line(&head, field)?);
    }
    request = RequestHead::new(head, line, fields);
    Ok(request)
