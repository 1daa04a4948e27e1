//! exercise = "04-connection"
//! mark = "reading_head"
//! shape = "the sum is checked, and the head is taken apart arm by arm"

        Event::Read(more) => match bytes.checked_add(more) {
            Some(bytes) if bytes <= bounds.head => (State::ReadingHead { bytes, after }, Action::Read),
            Some(_) | None => refuse(431, bounds),
        },
        Event::HeadEnded { body, persistent, upgrade } => {
            let (after, answer) = (after * u32::from(persistent), Answer::Awaited);
            let state = match body {
                true => State::ReadingBody { after, answer },
                false => State::Forwarding { after, upgrade, answer },
            };
            (state, Action::Forward)
        }
        Event::StopAsked => (State::ReadingHead { bytes, after: 0 }, Action::GoOn),
