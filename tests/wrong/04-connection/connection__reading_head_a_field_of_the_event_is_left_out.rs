//! exercise = "04-connection"
//! mark = "reading_head"
//! misconception = "a pattern names the fields that it uses, and the rest is ignored"
//! fails = "E0027"
//! says = "every field"

    match event {
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
        Event::Refused(status) => refuse(status, bounds),
        Event::TimedOut(Side::Client) => refuse(408, bounds),
        Event::Closed(Side::Client) => refuse(400, bounds),
        Event::StopAsked => (State::ReadingHead { bytes, after: 0 }, Action::GoOn),
        Event::BodyEnded | Event::AnswerReady { .. } | Event::AnswerEnded => impossible("ReadingHead", event),
        Event::Switched | Event::TimedOut(Side::Upstream) | Event::Closed(Side::Upstream) => {
            impossible("ReadingHead", event)
        }
    }
