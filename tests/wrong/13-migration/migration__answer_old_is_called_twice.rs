//! exercise = "13-migration"
//! mark = "answer"
//! misconception = "a function that was given can be called as often as one likes"
//! fails = "E0382"
//! says = "called once"

    let first = old().await;
    match side {
        Side::Old => Answered { answer: first, by: Side::Old, fell_back: None },
        Side::New => match new().await {
            Ok(answer) => Answered { answer, by: Side::New, fell_back: None },
            Err(unsupported) => Answered { answer: old().await, by: Side::Old, fell_back: Some(unsupported) },
        },
    }
