//! exercise = "13-migration"
//! mark = "answer"
//! shape = "an if and an early return in place of two matches"

    let mut fell_back = None;
    if side == Side::New {
        match new().await {
            Ok(answer) => return Answered { answer, by: side, fell_back },
            Err(unsupported) => fell_back = Some(unsupported),
        }
    }
    let answer = old().await;
    Answered { answer, by: Side::Old, fell_back }
