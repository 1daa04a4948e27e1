//! exercise = "01-request/spans_do_not_pin"
//! mark = "body"
//! misconception = "a span is the text that it points at"
//! fails = "E0308"
//! says = "made from a slice"

    let target = find_target(&head);
    let upstream = forward(head);
    let failed = if upstream.status >= 500 { Some(copy_for_the_log(target)) } else { None };
    (upstream, failed)
