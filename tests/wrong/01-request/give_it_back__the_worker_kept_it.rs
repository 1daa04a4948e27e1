//! exercise = "01-request/give_it_back"
//! mark = "body"
//! misconception = "the caller still has what it gave"
//! fails = "asks_for_more_and_keeps_what_came"
//! says = "the worker gave its buffer away"

    match first_line(&buffer) {
        Some(line) => Step::Done { buffer, line },
        None => Step::More(Vec::new()),
    }
