//! exercise = "01-request/one_owner_per_round"
//! mark = "body"
//! misconception = "when the head has moved, the loop has to end"
//! fails = "the_next_one_gets_it_after_a_refusal"
//! says = "b is next"

    for upstream in upstreams {
        return offer(upstream, head);
    }
    Offer::Refused(head)
