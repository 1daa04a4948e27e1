//! exercise = "04-connection/getter_borrows_all"
//! mark = "body"
//! shape = "an index into the field, which borrows for one line only"

    for at in 0..conn.buffer.len() {
        conn.state.see(&conn.buffer[at].text);
    }
