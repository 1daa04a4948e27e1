//! exercise = "13-migration"
//! mark = "answer"
//! misconception = "who was asked is who answered"
//! fails = "step_4_answer::what_the_new_proxy_does_not_support_goes_to_the_old_one"
//! says = "the log gets the reason"

    let fell_back = match side {
        Side::New => match new().await {
            Ok(answer) => return Answered { answer, by: Side::New, fell_back: None },
            Err(unsupported) => Some(unsupported),
        },
        Side::Old => None,
    };
    Answered { answer: old().await, by: side, fell_back }
