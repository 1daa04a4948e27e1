//! exercise = "02-headers"
//! mark = "find"
//! misconception = "a copy made here can be lent to the caller"
//! fails = "E0515"
//! says = "belongs to this function"

    let field = fields.iter().find(|field| field.name.eq_ignore_ascii_case(name.as_bytes()))?;
    let value = field.value.to_vec();
    Some(&value)
