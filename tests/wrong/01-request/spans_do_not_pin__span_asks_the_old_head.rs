//! exercise = "01-request/spans_do_not_pin"
//! mark = "body"
//! misconception = "a span remembers the head that it was made for"
//! fails = "E0382"
//! says = "Its new owner is `upstream.head`"

    let target = find_target(&head);
    let upstream = forward(head);
    let failed = if upstream.status >= 500 { Some(copy_for_the_log(target.of(&head))) } else { None };
    (upstream, failed)
