//! exercise = "04-connection/getter_borrows_all"
//! mark = "body"
//! misconception = "a copy of the state is the state"
//! fails = "counts_the_lines_of_a_head"
//! says = "one line has come"

    let mut state = conn.state;
    for line in conn.buf() {
        state.see(&line.text);
    }
