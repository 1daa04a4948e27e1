//! exercise = "04-connection/keep_the_new_state"
//! mark = "body"
//! misconception = "a derive that makes the error go away mends the program"
//! fails = "an_event_leads_to_the_next_state"
//! says = "the state after the event counts"
//! edits = { "#[derive(Debug, PartialEq)]\npub enum Conn" = "#[derive(Clone, Copy, Debug, PartialEq)]\npub enum Conn" }

    let conn = Conn::Idle { answered: 0 };
    for &event in events {
        conn.step(event);
    }
    conn
