//! exercise = "01-request/who_has_it_now"
//! mark = "body"
//! misconception = "a function that takes a value also takes a loan of it"
//! fails = "E0308"
//! says = "the loan is not enough"

    let upstream = forward(&head);
    let line = format!("forwarded {}", head.path);
    (upstream, line)
