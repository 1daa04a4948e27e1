//! exercise = "04-connection"
//! mark = "reading_head"
//! misconception = "a stop ends what has begun"
//! fails = "step_2_reading_head::a_stop_lets_the_request_come_and_takes_the_turns_after_it"
//! says = "what has begun may end"

        Event::Read(more) if more > bounds.head.saturating_sub(bytes) => refuse(431, bounds),
        Event::Read(more) => (State::ReadingHead { bytes: bytes + more, after }, Action::Read),
        Event::HeadEnded { body: true, persistent, upgrade: _ } => {
            (State::ReadingBody { after: kept(after, persistent), answer: Answer::Awaited }, Action::Forward)
        }
        Event::HeadEnded { body: false, persistent, upgrade } => {
            (State::Forwarding { after: kept(after, persistent), upgrade, answer: Answer::Awaited }, Action::Forward)
        }
        Event::StopAsked => refuse(503, bounds),
