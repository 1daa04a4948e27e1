//! exercise = "13-migration"
//! mark = "answer"
//! misconception = "to fall back, one needs the other answer at hand"
//! fails = "step_4_answer::the_new_proxy_answers_on_its_side"
//! says = "nobody wants its answer"

    let spare = old().await;
    match side {
        Side::New => match new().await {
            Ok(answer) => Answered { answer, by: Side::New, fell_back: None },
            Err(unsupported) => Answered { answer: spare, by: Side::Old, fell_back: Some(unsupported) },
        },
        Side::Old => Answered { answer: spare, by: Side::Old, fell_back: None },
    }
