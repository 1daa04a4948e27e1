//! exercise = "04-connection"
//! mark = "idle"
//! misconception = "a stop has to wait until the client closes"
//! fails = "step_1_idle::a_stop_closes_an_idle_connection_at_once"
//! says = "there is nothing to finish"

    match event {
        Event::Read(bytes) => (State::ReadingHead { bytes, after: turns.get() - 1 }, Action::Read),
        Event::TimedOut(Side::Client) => (State::Closed(Reason::Quiet), Action::Close),
        Event::Closed(Side::Client) => (State::Closed(Reason::Left), Action::Close),
        Event::StopAsked => (State::Idle { turns }, Action::GoOn),
        Event::HeadEnded { .. } | Event::BodyEnded | Event::AnswerReady { .. } => impossible("Idle", event),
        Event::AnswerEnded | Event::Switched | Event::Refused(_) => impossible("Idle", event),
        Event::TimedOut(Side::Upstream) | Event::Closed(Side::Upstream) => impossible("Idle", event),
    }
