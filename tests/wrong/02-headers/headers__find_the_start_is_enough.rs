//! exercise = "02-headers"
//! mark = "find"
//! misconception = "a name that begins like it is the same name"
//! fails = "step_1_find::compares_whole_names"
//! says = "another name"

    let field = fields.iter().find(|field| {
        field.name.len() >= name.len() && field.name[..name.len()].eq_ignore_ascii_case(name.as_bytes())
            || name.len() > field.name.len() && name.as_bytes()[..field.name.len()].eq_ignore_ascii_case(field.name)
    })?;
    Some(field.value)
