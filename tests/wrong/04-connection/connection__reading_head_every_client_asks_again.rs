//! exercise = "04-connection"
//! mark = "reading_head"
//! misconception = "a connection stays open whatever its client has said"
//! fails = "step_2_reading_head::a_client_that_will_not_ask_again_has_no_turn_left"
//! says = "the client said close"

        Event::Read(more) if more > bounds.head.saturating_sub(bytes) => refuse(431, bounds),
        Event::Read(more) => (State::ReadingHead { bytes: bytes + more, after }, Action::Read),
        Event::HeadEnded { body: true, persistent: _, upgrade: _ } => {
            (State::ReadingBody { after, answer: Answer::Awaited }, Action::Forward)
        }
        Event::HeadEnded { body: false, persistent: _, upgrade } => {
            (State::Forwarding { after, upgrade, answer: Answer::Awaited }, Action::Forward)
        }
        Event::StopAsked => (State::ReadingHead { bytes, after: 0 }, Action::GoOn),
