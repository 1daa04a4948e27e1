//! exercise = "02-headers"
//! mark = "find"
//! misconception = "a Vec is as good as a slice"
//! fails = "E0308"
//! says = "slice is wanted"

    let field = fields.iter().find(|field| field.name.eq_ignore_ascii_case(name.as_bytes()))?;
    Some(field.value.to_vec())
