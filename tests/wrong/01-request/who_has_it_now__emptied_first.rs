//! exercise = "01-request/who_has_it_now"
//! mark = "body"
//! misconception = "what moves out may be anything, as long as the types fit"
//! fails = "the_upstream_gets_the_path"
//! says = "needs the path too"

    let line = format!("forwarded {}", head.path);
    let upstream = forward(Head { path: String::new() });
    (upstream, line)
