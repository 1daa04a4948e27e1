//! exercise = "04-connection"
//! mark = "reading_head"
//! misconception = "a bound is the first value that is too much"
//! fails = "step_2_reading_head::takes_a_head_that_just_fits"
//! says = "100 bytes fit into 100"

        Event::Read(more) if more >= bounds.head.saturating_sub(bytes) => refuse(431, bounds),
        Event::Read(more) => (State::ReadingHead { bytes: bytes + more, after }, Action::Read),
        Event::HeadEnded { body: true, persistent, upgrade: _ } => {
            (State::ReadingBody { after: kept(after, persistent), answer: Answer::Awaited }, Action::Forward)
        }
        Event::HeadEnded { body: false, persistent, upgrade } => {
            (State::Forwarding { after: kept(after, persistent), upgrade, answer: Answer::Awaited }, Action::Forward)
        }
        Event::StopAsked => (State::ReadingHead { bytes, after: 0 }, Action::GoOn),
