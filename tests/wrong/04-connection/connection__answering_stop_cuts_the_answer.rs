//! exercise = "04-connection"
//! mark = "answering"
//! misconception = "a stop ends what runs"
//! fails = "step_3_answering::a_stop_takes_the_turns_and_lets_the_answer_end"
//! says = "nothing comes after it"

        Event::AnswerEnded => match NonZeroU32::new(after) {
            Some(turns) => (State::Idle { turns }, Action::Read),
            None => finish(bounds),
        },
        Event::TimedOut(side) | Event::Closed(side) => broken(side, delimited),
        Event::StopAsked => {
            (State::Closed(Reason::Stopped), Action::Close)
        }
