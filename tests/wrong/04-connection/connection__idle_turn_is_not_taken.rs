//! exercise = "04-connection"
//! mark = "idle"
//! misconception = "a request costs its turn when it ends, and nobody counts it at the start"
//! fails = "step_1_idle::the_first_bytes_begin_a_head"
//! says = "seven bytes of a head are there"

    match event {
        Event::Read(bytes) => (State::ReadingHead { bytes, after: turns.get() }, Action::Read),
        Event::TimedOut(Side::Client) => (State::Closed(Reason::Quiet), Action::Close),
        Event::Closed(Side::Client) => (State::Closed(Reason::Left), Action::Close),
        Event::StopAsked => (State::Closed(Reason::Stopped), Action::Close),
        Event::HeadEnded { .. } | Event::BodyEnded | Event::AnswerReady { .. } => impossible("Idle", event),
        Event::AnswerEnded | Event::Switched | Event::Refused(_) => impossible("Idle", event),
        Event::TimedOut(Side::Upstream) | Event::Closed(Side::Upstream) => impossible("Idle", event),
    }
