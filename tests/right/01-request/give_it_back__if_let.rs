//! exercise = "01-request/give_it_back"
//! mark = "body"
//! shape = "if let in place of match"

    if let Some(line) = first_line(&buffer) {
        return Step::Done { buffer, line };
    }
    Step::More(buffer)
