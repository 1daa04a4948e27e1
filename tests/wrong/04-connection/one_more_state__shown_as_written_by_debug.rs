//! exercise = "04-connection/one_more_state"
//! mark = "shown"
//! misconception = "what Debug writes is what an operator reads"
//! fails = "a_draining_connection_is_shown_as_one"
//! says = "an operator wants"

        Conn::Draining { .. } => format!("{conn:?}"),
