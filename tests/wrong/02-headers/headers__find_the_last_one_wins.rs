//! exercise = "02-headers"
//! mark = "find"
//! misconception = "a later line replaces an earlier one, as in a dict"
//! fails = "step_1_find::gives_the_first_of_several"
//! says = "the first one counts"

    let field = fields.iter().filter(|field| field.name.eq_ignore_ascii_case(name.as_bytes())).last()?;
    Some(field.value)
