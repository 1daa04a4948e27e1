//! exercise = "01-request/spans_do_not_pin"
//! mark = "body"
//! misconception = "a slice with a name of its own does not borrow any more"
//! fails = "E0505"
//! says = "Keep the Span"

    let slice: &[u8] = find_target(&head).of(&head);
    let target = slice;
    let upstream = forward(head);
    let failed = if upstream.status >= 500 { Some(copy_for_the_log(target)) } else { None };
    (upstream, failed)
