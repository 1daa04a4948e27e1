//! exercise = "01-request/give_it_back"
//! mark = "body"
//! misconception = "after a move the old variable can still be read"
//! fails = "E0382"
//! says = "Ask `first_line` first"

    let more = Step::More(buffer);
    match first_line(&buffer) {
        Some(line) => Step::Done { buffer, line },
        None => more,
    }
