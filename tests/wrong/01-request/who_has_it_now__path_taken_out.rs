//! exercise = "01-request/who_has_it_now"
//! mark = "body"
//! misconception = "reading a field into a variable leaves the struct whole"
//! fails = "E0382"
//! says = "a `let` took its path out"

    let path = head.path;
    let upstream = forward(head);
    let line = format!("forwarded {path}");
    (upstream, line)
