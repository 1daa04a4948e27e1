//! exercise = "04-connection/getter_borrows_all"
//! mark = "body"
//! misconception = "a loop over a field only looks at it"
//! fails = "E0507"
//! says = "not yours to move"

    for line in conn.buffer {
        conn.state.see(&line.text);
    }
