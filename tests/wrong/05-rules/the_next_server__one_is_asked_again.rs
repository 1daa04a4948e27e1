//! exercise = "05-rules/the_next_server"
//! mark = "body"
//! misconception = "trying again means asking the same one"
//! fails = "asks_the_next_one_when_a_server_is_down"
//! says = "is no reason to give up"

    let Some(server) = servers.first() else { return Err(DialError::NoServer) };
    dial(server).or_else(|_| dial(server))
