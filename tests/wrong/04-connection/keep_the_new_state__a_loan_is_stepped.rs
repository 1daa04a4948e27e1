//! exercise = "04-connection/keep_the_new_state"
//! mark = "body"
//! misconception = "a step only needs to look at the old state"
//! fails = "E0507"
//! says = "takes the connection itself"

    let conn = Conn::Idle { answered: 0 };
    for &event in events {
        (&conn).step(event);
    }
    conn
