//! exercise = "01-request/spans_do_not_pin"
//! mark = "body"
//! misconception = "a log line for a good request does no harm"
//! fails = "logs_nothing_for_a_request_that_went_well"
//! says = "there is nothing to log"

    let target = find_target(&head);
    let upstream = forward(head);
    let logged = copy_for_the_log(target.of(&upstream.head));
    (upstream, Some(logged))
