//! exercise = "04-connection/one_more_state"
//! mark = "may_close_now"
//! misconception = "an answer that was sent was read"
//! fails = "a_draining_connection_is_not_closed_at_once"
//! says = "may not have read the last answer yet"

        Conn::Reading { .. } | Conn::Forwarding { .. } => false,
        Conn::Draining { .. } => true,
