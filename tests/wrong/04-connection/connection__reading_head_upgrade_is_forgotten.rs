//! exercise = "04-connection"
//! mark = "reading_head"
//! misconception = "what the head asked for is known from the answer"
//! fails = "step_2_reading_head::remembers_that_the_client_asked_to_switch"
//! says = "an asked 101 from an unasked one"

        Event::Read(more) if more > bounds.head.saturating_sub(bytes) => refuse(431, bounds),
        Event::Read(more) => (State::ReadingHead { bytes: bytes + more, after }, Action::Read),
        Event::HeadEnded { body, persistent, upgrade } => {
            let after = if persistent { after } else { 0 };
            let answer = Answer::Awaited;
            if body {
                (State::ReadingBody { after, answer }, Action::Forward)
            } else {
                (State::Forwarding { after, upgrade: false, answer }, Action::Forward)
            }
        }
        Event::StopAsked => (State::ReadingHead { bytes, after: 0 }, Action::GoOn),
