//! exercise = "04-connection/keep_the_new_state"
//! mark = "body"
//! shape = "a while loop over what is left, with a state that is moved on"

    let mut conn = Conn::Idle { answered: 0 };
    let mut left = events;
    while let [event, others @ ..] = left {
        let after = conn.step(*event);
        conn = after;
        left = others;
    }
    conn
