//! exercise = "05-rules/the_next_server"
//! mark = "body"
//! misconception = "an error that was stepped over did not happen"
//! fails = "says_what_the_last_one_said_when_all_are_down"
//! says = "the last error, not none"

    for server in servers {
        if let Ok(conn) = dial(server) {
            return Ok(conn);
        }
    }
    Err(DialError::NoServer)
