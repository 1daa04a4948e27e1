//! exercise = "04-connection/getter_borrows_all"
//! mark = "body"
//! misconception = "an index into the getter's slice holds no borrow"
//! fails = "E0502"
//! says = "all of `conn`"

    for at in 0..conn.buffer.len() {
        let line = &conn.buf()[at];
        conn.state.see(&line.text);
    }
