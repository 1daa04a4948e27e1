//! exercise = "01-request/spans_do_not_pin"
//! mark = "body"
//! misconception = "what might be needed later is copied first"
//! fails = "copies_nothing_for_a_request_that_went_well"
//! says = "copy after `forward`"

    let target = copy_for_the_log(find_target(&head).of(&head));
    let upstream = forward(head);
    let failed = if upstream.status >= 500 { Some(target) } else { None };
    (upstream, failed)
