//! exercise = "04-connection/keep_the_new_state"
//! mark = "body"
//! misconception = "a variable takes a new value at any time"
//! fails = "E0384"
//! says = "let mut"

    let conn = Conn::Idle { answered: 0 };
    for &event in events {
        conn = conn.step(event);
    }
    conn
