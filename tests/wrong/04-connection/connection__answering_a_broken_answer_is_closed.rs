//! exercise = "04-connection"
//! mark = "answering"
//! misconception = "a close tells the client everything"
//! fails = "step_3_answering::an_answer_that_only_a_close_could_end_is_reset"
//! says = "this answer would look whole"

    match event {
        Event::AnswerEnded => match NonZeroU32::new(after) {
            Some(turns) => (State::Idle { turns }, Action::Read),
            None => finish(bounds),
        },
        Event::TimedOut(side) | Event::Closed(side) => (State::Closed(Reason::Broken(side)), Action::Abort),
        Event::StopAsked => {
            let answer = Answer::Begun { delimited };
            (State::Forwarding { after: 0, upgrade: false, answer }, Action::GoOn)
        }
        Event::Read(_) | Event::HeadEnded { .. } | Event::BodyEnded => impossible("Forwarding", event),
        Event::AnswerReady { .. } | Event::Switched | Event::Refused(_) => impossible("Forwarding", event),
    }
