//! exercise = "01-request/spans_do_not_pin"
//! mark = "body"
//! misconception = "a derive that makes the error go away mends the program"
//! fails = "sends_the_head_itself"
//! says = "a span lets the head itself move"
//! edits = { "pub struct Head {" = "#[derive(Clone)]\npub struct Head {" }

    let kept = head.clone();
    let target = find_target(&kept).of(&kept);
    let upstream = forward(head);
    let failed = if upstream.status >= 500 { Some(copy_for_the_log(target)) } else { None };
    (upstream, failed)
