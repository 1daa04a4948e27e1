//! exercise = "04-connection/getter_borrows_all"
//! mark = "body"
//! shape = "a pattern gives one borrow for each field"

    let Conn { buffer, state } = conn;
    buffer.iter().for_each(|line| state.see(&line.text));
