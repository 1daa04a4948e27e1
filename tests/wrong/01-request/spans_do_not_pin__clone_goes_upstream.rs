//! exercise = "01-request/spans_do_not_pin"
//! mark = "body"
//! misconception = "a use after a move is mended by a clone"
//! fails = "E0599"
//! says = "The slice does not need a head of its own"

    let target = find_target(&head).of(&head);
    let upstream = forward(head.clone());
    let failed = if upstream.status >= 500 { Some(copy_for_the_log(target)) } else { None };
    (upstream, failed)
