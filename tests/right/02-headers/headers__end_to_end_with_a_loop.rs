//! exercise = "02-headers"
//! mark = "end_to_end"
//! shape = "early returns"

    if let Some(known) = field.known {
        return !known.is_hop_by_hop();
    }
    for option in elements(fields, Known::Connection) {
        if option.eq_ignore_ascii_case(field.name) {
            return false;
        }
    }
    true
