//! exercise = "04-connection/getter_borrows_all"
//! mark = "body"
//! misconception = "what was taken out of a field comes back by itself"
//! fails = "the_lines_stay_in_the_buffer"
//! says = "stay where they are"

    let lines = std::mem::take(&mut conn.buffer);
    for line in &lines {
        conn.state.see(&line.text);
    }
