//! exercise = "01-request"
//! mark = "parse"
//! misconception = "the head finds its fields in its bytes by itself"
//! fails = "step_2_parse::keeps_every_field_in_order"
//! says = "keeps every field line"

    let _ = (lines, limits.fields, &mut fields);
    Ok(RequestHead::new(head, line, fields))
