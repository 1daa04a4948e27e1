//! exercise = "04-connection"
//! mark = "idle"
//! misconception = "what cannot happen may be ignored"
//! fails = "step_1_idle::an_idle_connection_has_no_request_that_could_end"
//! says = "closes the connection and says what it was"

    match event {
        Event::Read(bytes) => (State::ReadingHead { bytes, after: turns.get() - 1 }, Action::Read),
        Event::TimedOut(Side::Client) => (State::Closed(Reason::Quiet), Action::Close),
        Event::Closed(Side::Client) => (State::Closed(Reason::Left), Action::Close),
        Event::StopAsked => (State::Closed(Reason::Stopped), Action::Close),
        _ => (State::Idle { turns }, Action::GoOn),
    }
