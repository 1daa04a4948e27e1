//! exercise = "04-connection"
//! mark = "reading_head"
//! misconception = "a pattern may give any name to a field"
//! fails = "E0026"
//! says = "no such field"

        Event::Read(more) if more > bounds.head.saturating_sub(bytes) => refuse(431, bounds),
        Event::Read(more) => (State::ReadingHead { bytes: bytes + more, after }, Action::Read),
        Event::HeadEnded { body, keep_alive, upgrade, .. } => {
            let after = if keep_alive { after } else { 0 };
            let answer = Answer::Awaited;
            if body {
                (State::ReadingBody { after, answer }, Action::Forward)
            } else {
                (State::Forwarding { after, upgrade, answer }, Action::Forward)
            }
        }
        Event::StopAsked => (State::ReadingHead { bytes, after: 0 }, Action::GoOn),
