//! exercise = "04-connection"
//! mark = "answering"
//! misconception = "a close tells the client everything"
//! fails = "step_3_answering::an_answer_that_only_a_close_could_end_is_reset"
//! says = "this answer would look whole"

        Event::AnswerEnded => match NonZeroU32::new(after) {
            Some(turns) => (State::Idle { turns }, Action::Read),
            None => finish(bounds),
        },
        Event::TimedOut(side) | Event::Closed(side) => (State::Closed(Reason::Broken(side)), Action::Abort),
        Event::StopAsked => (begun(0, delimited), Action::GoOn),
