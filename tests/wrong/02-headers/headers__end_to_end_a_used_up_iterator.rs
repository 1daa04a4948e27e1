//! exercise = "02-headers"
//! mark = "end_to_end"
//! misconception = "one iterator can be asked by every field"
//! fails = "E0596"
//! says = "`&mut`"

    let options = elements(fields, Known::Connection);
    match field.known {
        Some(known) => !known.is_hop_by_hop(),
        None => !options.any(|option| option.eq_ignore_ascii_case(field.name)),
    }
