//! exercise = "04-connection"
//! mark = "idle"
//! misconception = "a match names the events that matter, and the others do nothing"
//! fails = "E0004"
//! says = "an event without an arm"

    match event {
        Event::Read(bytes) => (State::ReadingHead { bytes, after: turns.get() - 1 }, Action::Read),
        Event::TimedOut(Side::Client) => (State::Closed(Reason::Quiet), Action::Close),
        Event::Closed(Side::Client) => (State::Closed(Reason::Left), Action::Close),
        Event::StopAsked => (State::Closed(Reason::Stopped), Action::Close),
        Event::TimedOut(Side::Upstream) | Event::Closed(Side::Upstream) => impossible("Idle", event),
    }
