//! exercise = "01-request/who_has_it_now"
//! mark = "body"
//! misconception = "a use after a move is mended by a clone"
//! fails = "E0599"
//! says = "a request has one owner"

    let upstream = forward(head.clone());
    let line = format!("forwarded {}", head.path);
    (upstream, line)
