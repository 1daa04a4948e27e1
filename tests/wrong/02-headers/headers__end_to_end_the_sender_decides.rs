//! exercise = "02-headers"
//! mark = "end_to_end"
//! misconception = "what Connection names always ends here"
//! fails = "step_3_end_to_end::keeps_what_connection_may_not_take_away"
//! says = "another request than we did"

    let named = elements(fields, Known::Connection).any(|option| option.eq_ignore_ascii_case(field.name));
    !named && !field.known.is_some_and(Known::is_hop_by_hop)
