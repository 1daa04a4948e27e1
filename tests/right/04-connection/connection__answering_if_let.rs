//! exercise = "04-connection"
//! mark = "answering"
//! shape = "if let in place of a match on the turns"

        Event::AnswerEnded => {
            if let Some(turns) = NonZeroU32::new(after) {
                (State::Idle { turns }, Action::Read)
            } else {
                finish(bounds)
            }
        }
        Event::TimedOut(side) | Event::Closed(side) => broken(side, delimited),
        Event::StopAsked => (begun(0, delimited), Action::GoOn),
