//! exercise = "04-connection"
//! mark = "answering"
//! misconception = "whoever was told that the connection ends sends no more"
//! fails = "step_3_answering::without_a_turn_left_it_ends"
//! says = "another request may be on its way"

        Event::AnswerEnded => match NonZeroU32::new(after) {
            Some(turns) => (State::Idle { turns }, Action::Read),
            None => (State::Closed(Reason::Finished), Action::Close),
        },
        Event::TimedOut(side) | Event::Closed(side) => broken(side, delimited),
        Event::StopAsked => (begun(0, delimited), Action::GoOn),
