//! exercise = "04-connection/one_more_state"
//! mark = "may_close_now"
//! shape = "each state has an arm of its own"

        Conn::Reading { bytes: _ } => false,
        Conn::Forwarding { upstream: _ } => false,
        Conn::Draining { left: _ } => false,
