//! exercise = "04-connection"
//! mark = "idle"
//! shape = "one inner match for the three ends"

    let reason = match event {
        Event::Read(bytes) => return (State::ReadingHead { bytes, after: turns.get() - 1 }, Action::Read),
        Event::TimedOut(Side::Client) => Reason::Quiet,
        Event::Closed(Side::Client) => Reason::Left,
        Event::StopAsked => Reason::Stopped,
        Event::HeadEnded { .. } | Event::BodyEnded | Event::AnswerReady { .. } | Event::AnswerEnded => {
            return impossible("Idle", event);
        }
        Event::Switched | Event::Refused(_) | Event::TimedOut(Side::Upstream) | Event::Closed(Side::Upstream) => {
            return impossible("Idle", event);
        }
    };
    (State::Closed(reason), Action::Close)
