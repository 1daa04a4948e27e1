//! exercise = "05-rules/the_next_server"
//! mark = "body"
//! shape = "the last Result is kept, whatever it is"

    let mut last = Err(DialError::NoServer);
    for server in servers {
        last = dial(server);
        if last.is_ok() {
            break;
        }
    }
    last
