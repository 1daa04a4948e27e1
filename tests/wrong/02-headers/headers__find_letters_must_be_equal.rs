//! exercise = "02-headers"
//! mark = "find"
//! misconception = "names are compared byte by byte"
//! fails = "step_1_find::finds_a_name_in_small_letters_and_capitals"
//! says = "small or capital"

    let field = fields.iter().find(|field| field.name == name.as_bytes())?;
    Some(field.value)
