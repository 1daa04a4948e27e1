//! exercise = "04-connection/keep_the_new_state"
//! mark = "body"
//! shape = "a fold hands the state from one event to the next"

    events.iter().fold(Conn::Idle { answered: 0 }, |conn, &event| conn.step(event))
