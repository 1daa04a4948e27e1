//! exercise = "02-headers"
//! mark = "end_to_end"
//! misconception = "Connection stands there once"
//! fails = "step_3_end_to_end::reads_every_line_of_connection"
//! says = "the second line"

    match field.known {
        Some(known) => !known.is_hop_by_hop(),
        None => {
            let options = find(fields, "connection").unwrap_or_default();
            !syntax::elements(options).any(|option| option.eq_ignore_ascii_case(field.name))
        }
    }
