//! exercise = "02-headers"
//! mark = "end_to_end"
//! misconception = "a name that is in the value is named"
//! fails = "step_3_end_to_end::keeps_a_field_whose_name_is_only_like_it"
//! says = "another name"

    match field.known {
        Some(known) => !known.is_hop_by_hop(),
        None => {
            let name = field.name.to_ascii_lowercase();
            let mut lines = fields.of(Known::Connection);
            !lines.any(|line| line.value.to_ascii_lowercase().windows(name.len()).any(|piece| piece == name))
        }
    }
