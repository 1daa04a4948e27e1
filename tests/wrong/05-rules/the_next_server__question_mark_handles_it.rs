//! exercise = "05-rules/the_next_server"
//! mark = "body"
//! misconception = "`?` handles the error, and the lines below it run"
//! fails = "asks_the_next_one_when_a_server_is_down"
//! says = "`?` would return here"

    let mut open = Vec::new();
    for server in servers {
        open.push(dial(server)?);
    }
    open.into_iter().next().ok_or(DialError::NoServer)
