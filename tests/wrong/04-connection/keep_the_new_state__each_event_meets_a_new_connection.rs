//! exercise = "04-connection/keep_the_new_state"
//! mark = "body"
//! misconception = "a state that was consumed is begun again"
//! fails = "each_event_meets_the_state_that_the_one_before_has_left"
//! says = "begins where the event before it has ended"

    let mut conn = Conn::Idle { answered: 0 };
    for &event in events {
        conn = Conn::Idle { answered: 0 }.step(event);
    }
    conn
