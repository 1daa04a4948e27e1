//! exercise = "04-connection"
//! mark = "answering"
//! misconception = "zero turns are a number of turns like any other"
//! fails = "E0308"
//! says = "NonZeroU32"

        Event::AnswerEnded => (State::Idle { turns: after }, Action::Read),
        Event::TimedOut(side) | Event::Closed(side) => broken(side, delimited),
        Event::StopAsked => (begun(0, delimited), Action::GoOn),
