//! exercise = "01-request/give_it_back"
//! mark = "body"
//! misconception = "a function that looks has to own"
//! fails = "E0308"
//! says = "it takes a loan"

    match first_line(buffer) {
        Some(line) => Step::Done { buffer, line },
        None => Step::More(buffer),
    }
