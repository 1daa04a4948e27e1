//! exercise = "04-connection"
//! mark = "reading_head"
//! misconception = "a sum of two sizes always fits"
//! fails = "step_2_reading_head::refuses_a_head_that_is_too_long"
//! says = "the sum of the bytes must not overflow"

        Event::Read(more) if bytes + more > bounds.head => refuse(431, bounds),
        Event::Read(more) => (State::ReadingHead { bytes: bytes + more, after }, Action::Read),
        Event::HeadEnded { body: true, persistent, upgrade: _ } => {
            (State::ReadingBody { after: kept(after, persistent), answer: Answer::Awaited }, Action::Forward)
        }
        Event::HeadEnded { body: false, persistent, upgrade } => {
            (State::Forwarding { after: kept(after, persistent), upgrade, answer: Answer::Awaited }, Action::Forward)
        }
        Event::StopAsked => (State::ReadingHead { bytes, after: 0 }, Action::GoOn),
