//! exercise = "04-connection/keep_the_new_state"
//! mark = "body"
//! misconception = "the last event alone decides about the state"
//! fails = "each_event_meets_the_state_that_the_one_before_has_left"
//! says = "begins where the event before it has ended"

    let conn = Conn::Idle { answered: 0 };
    match events.last() {
        Some(&event) => conn.step(event),
        None => conn,
    }
