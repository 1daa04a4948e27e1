//! exercise = "04-connection"
//! mark = "answering"
//! misconception = "zero turns are a number of turns like any other"
//! fails = "E0308"
//! says = "NonZeroU32"

    match event {
        Event::AnswerEnded => (State::Idle { turns: after }, Action::Read),
        Event::TimedOut(side) | Event::Closed(side) => broken(side, delimited),
        Event::StopAsked => {
            let answer = Answer::Begun { delimited };
            (State::Forwarding { after: 0, upgrade: false, answer }, Action::GoOn)
        }
        Event::Read(_) | Event::HeadEnded { .. } | Event::BodyEnded => impossible("Forwarding", event),
        Event::AnswerReady { .. } | Event::Switched | Event::Refused(_) => impossible("Forwarding", event),
    }
