//! exercise = "04-connection/one_more_state"
//! mark = "shown"
//! misconception = "a connection whose answer is out is closed"
//! fails = "a_draining_connection_is_shown_as_one"
//! says = "tell a connection that drains from one that is closed"

        Conn::Draining { .. } => String::from("closed"),
