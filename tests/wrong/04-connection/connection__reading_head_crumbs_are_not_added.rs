//! exercise = "04-connection"
//! mark = "reading_head"
//! misconception = "the last read is the size of the head"
//! fails = "step_2_reading_head::counts_the_bytes_of_a_head_in_crumbs"
//! says = "7 bytes and 5 more are 12"

        Event::Read(more) if more > bounds.head.saturating_sub(bytes) => refuse(431, bounds),
        Event::Read(more) => (State::ReadingHead { bytes: more, after }, Action::Read),
        Event::HeadEnded { body: true, persistent, upgrade: _ } => {
            (State::ReadingBody { after: kept(after, persistent), answer: Answer::Awaited }, Action::Forward)
        }
        Event::HeadEnded { body: false, persistent, upgrade } => {
            (State::Forwarding { after: kept(after, persistent), upgrade, answer: Answer::Awaited }, Action::Forward)
        }
        Event::StopAsked => (State::ReadingHead { bytes, after: 0 }, Action::GoOn),
