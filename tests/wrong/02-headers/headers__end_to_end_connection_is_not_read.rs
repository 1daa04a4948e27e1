//! exercise = "02-headers"
//! mark = "end_to_end"
//! misconception = "the list of names in the RFC is the whole list"
//! fails = "step_3_end_to_end::drops_what_connection_names"
//! says = "Connection names X-Hop"

    !field.known.is_some_and(Known::is_hop_by_hop)
