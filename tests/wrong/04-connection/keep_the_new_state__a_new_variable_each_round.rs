//! exercise = "04-connection/keep_the_new_state"
//! mark = "body"
//! misconception = "`let` in a loop gives the variable outside of it a new value"
//! fails = "E0382"
//! says = "a variable of its own"

    let conn = Conn::Idle { answered: 0 };
    for &event in events {
        let conn = conn.step(event);
    }
    conn
