//! exercise = "04-connection/getter_borrows_all"
//! mark = "body"
//! shape = "a copy of the state is changed while the getter is in use, and put back after it"

    let mut state = conn.state;
    for line in conn.buf() {
        state.see(&line.text);
    }
    conn.state = state;
