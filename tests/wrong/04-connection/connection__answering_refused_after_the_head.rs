//! exercise = "04-connection"
//! mark = "answering"
//! misconception = "one can still answer 502 when the answer has begun"
//! fails = "step_3_answering::an_answer_is_never_followed_by_another_one"
//! says = "closes the connection and says what it was"

        Event::AnswerEnded => match NonZeroU32::new(after) {
            Some(turns) => (State::Idle { turns }, Action::Read),
            None => finish(bounds),
        },
        Event::TimedOut(side) | Event::Closed(side) => broken(side, delimited),
        Event::StopAsked => (begun(0, delimited), Action::GoOn),
        Event::Refused(status) => stand_in(status, after),
