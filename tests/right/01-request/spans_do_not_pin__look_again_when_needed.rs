//! exercise = "01-request/spans_do_not_pin"
//! mark = "body"
//! shape = "keep nothing; find the target again in the head of the new owner"

    let upstream = forward(head);
    if upstream.status < 500 {
        return (upstream, None);
    }
    let failed = copy_for_the_log(find_target(&upstream.head).of(&upstream.head));
    (upstream, Some(failed))
