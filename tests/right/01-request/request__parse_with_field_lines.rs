//! exercise = "01-request"
//! mark = "parse"
//! shape = "the whole loop is in syntax::field_lines"

    fields.extend(syntax::field_lines(&head, lines, limits.fields)?);
    Ok(RequestHead::new(head, line, fields))
