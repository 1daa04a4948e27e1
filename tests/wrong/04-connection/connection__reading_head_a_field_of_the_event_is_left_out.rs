//! exercise = "04-connection"
//! mark = "reading_head"
//! misconception = "a pattern names the fields that it uses, and the rest is ignored"
//! fails = "E0027"
//! says = "every field"

        Event::Read(more) if more > bounds.head.saturating_sub(bytes) => refuse(431, bounds),
        Event::Read(more) => (State::ReadingHead { bytes: bytes + more, after }, Action::Read),
        Event::HeadEnded { body, persistent } => {
            let after = if persistent { after } else { 0 };
            let answer = Answer::Awaited;
            if body {
                (State::ReadingBody { after, answer }, Action::Forward)
            } else {
                (State::Forwarding { after, upgrade: false, answer }, Action::Forward)
            }
        }
        Event::StopAsked => (State::ReadingHead { bytes, after: 0 }, Action::GoOn),
