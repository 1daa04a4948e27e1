//! exercise = "02-headers"
//! mark = "find"
//! misconception = "a field without a value is not there"
//! fails = "step_1_find::gives_an_empty_value_as_a_value"
//! says = "the field is there"

    let field = fields.iter().find(|field| field.name.eq_ignore_ascii_case(name.as_bytes()))?;
    if field.value.is_empty() { None } else { Some(field.value) }
