//! exercise = "05-rules/the_next_server"
//! mark = "body"
//! misconception = "`unwrap` is a check"
//! fails = "asks_the_next_one_when_a_server_is_down"
//! says = "is no reason to give up"

    if let Some(server) = servers.first() {
        return Ok(dial(server).unwrap());
    }
    Err(DialError::NoServer)
