//! exercise = "02-headers"
//! mark = "end_to_end"
//! misconception = "names are compared byte by byte"
//! fails = "step_3_end_to_end::drops_a_name_in_small_letters_and_capitals"
//! says = "small or capital"

    match field.known {
        Some(known) => !known.is_hop_by_hop(),
        None => !elements(fields, Known::Connection).any(|option| option == field.name),
    }
