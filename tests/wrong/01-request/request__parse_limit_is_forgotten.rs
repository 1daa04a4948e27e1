//! exercise = "01-request"
//! mark = "parse"
//! misconception = "a short head cannot hold too many fields"
//! fails = "step_2_parse::refuses_one_field_too_many"
//! says = "TooManyFields"

    for field in lines {
        fields.push(syntax::field_line(&head, field)?);
    }
    Ok(RequestHead::new(head, line, fields))
