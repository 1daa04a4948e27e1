//! exercise = "04-connection/getter_borrows_all"
//! mark = "body"
//! misconception = "a borrow that is in the way is mended by a clone"
//! fails = "copies_no_line"
//! says = "no copy is needed"

    for line in conn.buf().to_vec() {
        conn.state.see(&line.text);
    }
