//! exercise = "04-connection/one_more_state"
//! mark = "may_close_now"
//! misconception = "one of the two functions is enough"
//! fails = "E0004"
//! says = "no arm"

        Conn::Reading { .. } | Conn::Forwarding { .. } => false,
