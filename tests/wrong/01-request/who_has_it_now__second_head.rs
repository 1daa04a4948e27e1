//! exercise = "01-request/who_has_it_now"
//! mark = "body"
//! misconception = "what is needed twice has to be built twice"
//! fails = "the_upstream_gets_the_head_itself"
//! says = "no copy is needed"

    let upstream = forward(Head { path: head.path.clone() });
    let line = format!("forwarded {}", head.path);
    (upstream, line)
