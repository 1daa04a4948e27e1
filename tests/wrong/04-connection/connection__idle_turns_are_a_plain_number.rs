//! exercise = "04-connection"
//! mark = "idle"
//! misconception = "a number that is never zero is the same type as a number"
//! fails = "E0308"
//! says = "NonZeroU32"

    match event {
        Event::Read(bytes) => (State::ReadingHead { bytes, after: turns }, Action::Read),
        Event::TimedOut(Side::Client) => (State::Closed(Reason::Quiet), Action::Close),
        Event::Closed(Side::Client) => (State::Closed(Reason::Left), Action::Close),
        Event::StopAsked => (State::Closed(Reason::Stopped), Action::Close),
        Event::HeadEnded { .. } | Event::BodyEnded | Event::AnswerReady { .. } => impossible("Idle", event),
        Event::AnswerEnded | Event::Switched | Event::Refused(_) => impossible("Idle", event),
        Event::TimedOut(Side::Upstream) | Event::Closed(Side::Upstream) => impossible("Idle", event),
    }
