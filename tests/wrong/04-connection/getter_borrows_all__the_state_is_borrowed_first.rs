//! exercise = "04-connection/getter_borrows_all"
//! mark = "body"
//! misconception = "two borrows of one connection get along when they are in two variables"
//! fails = "E0502"
//! says = "all of `conn`"

    let state = &mut conn.state;
    for line in conn.buf() {
        state.see(&line.text);
    }
