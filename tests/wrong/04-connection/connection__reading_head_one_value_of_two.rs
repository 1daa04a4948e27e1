//! exercise = "04-connection"
//! mark = "reading_head"
//! misconception = "an arm for one value of a field covers the whole variant"
//! fails = "E0004"
//! says = "an event without an arm"

        Event::Read(more) if more > bounds.head.saturating_sub(bytes) => refuse(431, bounds),
        Event::Read(more) => (State::ReadingHead { bytes: bytes + more, after }, Action::Read),
        Event::HeadEnded { body: true, persistent, upgrade: _ } => {
            (State::ReadingBody { after: kept(after, persistent), answer: Answer::Awaited }, Action::Forward)
        }
        Event::StopAsked => (State::ReadingHead { bytes, after: 0 }, Action::GoOn),
