//! exercise = "01-request/give_it_back"
//! mark = "body"
//! misconception = "to give a value back, one has to clone it"
//! fails = "moves_the_buffer_and_copies_no_byte"
//! says = "a move gives the bytes back where they are"

    match first_line(&buffer) {
        Some(line) => Step::Done { buffer: buffer.clone(), line },
        None => Step::More(buffer.clone()),
    }
