//! exercise = "01-request/spans_do_not_pin"
//! mark = "body"
//! misconception = "a slice needs a head of its own to stay good"
//! fails = "sends_the_head_itself"
//! says = "a span lets the head itself move"

    let kept = Head { bytes: head.bytes.clone() };
    let target = find_target(&kept).of(&kept);
    let upstream = forward(head);
    let failed = if upstream.status >= 500 { Some(copy_for_the_log(target)) } else { None };
    (upstream, failed)
