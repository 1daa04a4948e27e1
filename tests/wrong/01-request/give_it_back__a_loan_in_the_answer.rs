//! exercise = "01-request/give_it_back"
//! mark = "body"
//! misconception = "a loan is good enough for an answer"
//! fails = "E0308"
//! says = "takes the Vec itself"

    match first_line(&buffer) {
        Some(line) => Step::Done { buffer: &buffer, line },
        None => Step::More(&buffer),
    }
