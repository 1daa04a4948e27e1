//! exercise = "04-connection/one_more_state"
//! mark = "may_close_now"
//! misconception = "a condition in an arm covers the other case, too"
//! fails = "E0004"
//! says = "no arm"

        Conn::Reading { .. } | Conn::Forwarding { .. } => false,
        Conn::Draining { left } if *left > 0 => false,
