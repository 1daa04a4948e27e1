//! exercise = "04-connection"
//! mark = "reading_head"
//! misconception = "a stop ends what has begun"
//! fails = "step_2_reading_head::a_stop_lets_the_request_come_and_takes_the_turns_after_it"
//! says = "what has begun may end"

    match event {
        Event::Read(more) if more > bounds.head.saturating_sub(bytes) => refuse(431, bounds),
        Event::Read(more) => (State::ReadingHead { bytes: bytes + more, after }, Action::Read),
        Event::HeadEnded { body, persistent, upgrade } => {
            let after = if persistent { after } else { 0 };
            let answer = Answer::Awaited;
            if body {
                (State::ReadingBody { after, answer }, Action::Forward)
            } else {
                (State::Forwarding { after, upgrade, answer }, Action::Forward)
            }
        }
        Event::Refused(status) => refuse(status, bounds),
        Event::TimedOut(Side::Client) => refuse(408, bounds),
        Event::Closed(Side::Client) => refuse(400, bounds),
        Event::StopAsked => refuse(503, bounds),
        Event::BodyEnded | Event::AnswerReady { .. } | Event::AnswerEnded => impossible("ReadingHead", event),
        Event::Switched | Event::TimedOut(Side::Upstream) | Event::Closed(Side::Upstream) => {
            impossible("ReadingHead", event)
        }
    }
