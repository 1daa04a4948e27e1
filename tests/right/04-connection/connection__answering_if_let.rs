//! exercise = "04-connection"
//! mark = "answering"
//! shape = "if let in place of a match on the turns"

    match event {
        Event::AnswerEnded => {
            if let Some(turns) = NonZeroU32::new(after) {
                (State::Idle { turns }, Action::Read)
            } else {
                finish(bounds)
            }
        }
        Event::TimedOut(side) | Event::Closed(side) => broken(side, delimited),
        Event::StopAsked => {
            let answer = Answer::Begun { delimited };
            (State::Forwarding { after: 0, upgrade: false, answer }, Action::GoOn)
        }
        Event::Read(_) | Event::HeadEnded { .. } | Event::BodyEnded => impossible("Forwarding", event),
        Event::AnswerReady { .. } | Event::Switched | Event::Refused(_) => impossible("Forwarding", event),
    }
