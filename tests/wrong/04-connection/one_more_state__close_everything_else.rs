//! exercise = "04-connection/one_more_state"
//! mark = "may_close_now"
//! misconception = "`_` gives the new state the right answer by luck"
//! fails = "a_draining_connection_is_not_closed_at_once"
//! says = "a reset would take it away"

        Conn::Reading { .. } | Conn::Forwarding { .. } => false,
        _ => true,
