//! exercise = "01-request"
//! mark = "cut"
//! misconception = "to give a value back, one has to clone it"
//! fails = "step_1_cut::gives_the_same_buffer_back_without_a_copy"
//! says = "a move keeps its bytes where they are"

    match syntax::end_of_head(&buffer) {
        Some(end) if end > limits.head => Err(too_long),
        Some(end) => {
            let rest = buffer.split_off(end);
            Ok(Cut::Complete { head: buffer, rest })
        }
        None if buffer.len() > limits.head => Err(too_long),
        None => Ok(Cut::Partial(buffer.clone())),
    }
