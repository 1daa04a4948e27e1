//! exercise = "02-headers"
//! mark = "end_to_end"
//! misconception = "only what Connection names ends here"
//! fails = "step_3_end_to_end::drops_what_ends_at_this_hop"
//! says = "named by Connection or not"

    field.known.is_some() || !elements(fields, Known::Connection).any(|option| option.eq_ignore_ascii_case(field.name))
