//! exercise = "01-request/who_has_it_now"
//! mark = "body"
//! shape = "forward first, then ask the upstream stage"

    let upstream = forward(head);
    let line = format!("forwarded {}", upstream.head.path);
    (upstream, line)
