//! exercise = "01-request/who_has_it_now"
//! mark = "body"
//! misconception = "a derive that makes the error go away mends the program"
//! fails = "the_upstream_gets_the_head_itself"
//! says = "no copy is needed"
//! edits = { "pub struct Head {" = "#[derive(Clone)]\npub struct Head {" }

    let upstream = forward(head.clone());
    let line = format!("forwarded {}", head.path);
    (upstream, line)
