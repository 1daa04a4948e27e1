//! exercise = "01-request"
//! mark = "cut"
//! misconception = "a slice must be copied before it can be given away"
//! fails = "step_1_cut::leaves_one_half_where_it_is"
//! says = "one half can stay in it"

    match syntax::end_of_head(&buffer) {
        Some(end) if end > limits.head => Err(too_long),
        Some(end) => Ok(Cut::Complete { head: buffer[..end].to_vec(), rest: buffer[end..].to_vec() }),
        None if buffer.len() > limits.head => Err(too_long),
        None => Ok(Cut::Partial(buffer)),
    }
