//! exercise = "02-headers"
//! mark = "find"
//! shape = "a loop that returns"

    for field in fields.iter() {
        if field.name.eq_ignore_ascii_case(name.as_bytes()) {
            return Some(field.value);
        }
    }
    None
