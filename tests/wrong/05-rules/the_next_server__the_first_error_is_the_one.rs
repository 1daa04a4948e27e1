//! exercise = "05-rules/the_next_server"
//! mark = "body"
//! misconception = "the first error is the cause of all others"
//! fails = "says_what_the_last_one_said_when_all_are_down"
//! says = "not an older one"

    let mut first = None;
    for server in servers {
        match dial(server) {
            Ok(conn) => return Ok(conn),
            Err(error) => first = first.or(Some(error)),
        }
    }
    Err(first.unwrap_or(DialError::NoServer))
