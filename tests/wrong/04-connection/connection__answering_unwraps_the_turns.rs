//! exercise = "04-connection"
//! mark = "answering"
//! misconception = "there always is one more turn"
//! fails = "step_3_answering::without_a_turn_left_it_ends"
//! says = "an idle connection has at least one turn"

        Event::AnswerEnded => (State::Idle { turns: NonZeroU32::new(after).unwrap() }, Action::Read),
        Event::TimedOut(side) | Event::Closed(side) => broken(side, delimited),
        Event::StopAsked => (begun(0, delimited), Action::GoOn),
