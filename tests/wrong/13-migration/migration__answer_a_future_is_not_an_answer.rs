//! exercise = "13-migration"
//! mark = "answer"
//! misconception = "to call is to have the answer"
//! fails = "E0308"
//! says = "`.await`"

    match side {
        Side::New => match new().await {
            Ok(answer) => Answered { answer, by: Side::New, fell_back: None },
            Err(unsupported) => Answered { answer: old().await, by: Side::Old, fell_back: Some(unsupported) },
        },
        Side::Old => Answered { answer: old(), by: Side::Old, fell_back: None },
    }
