//! exercise = "01-request/give_it_back"
//! mark = "body"
//! misconception = "the answer holds what was asked for, and no more"
//! fails = "keeps_the_bytes_after_the_line"
//! says = "nobody else has them"

    match first_line(&buffer) {
        Some(line) => Step::Done { buffer: buffer[..line].to_vec(), line },
        None => Step::More(buffer),
    }
