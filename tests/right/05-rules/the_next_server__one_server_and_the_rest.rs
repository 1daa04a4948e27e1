//! exercise = "05-rules/the_next_server"
//! mark = "body"
//! shape = "the first server, then the others by a call of its own"

    let Some((first, others)) = servers.split_first() else { return Err(DialError::NoServer) };
    match dial(first) {
        Ok(conn) => Ok(conn),
        Err(error) if others.is_empty() => Err(error),
        Err(_) => connect(others),
    }
