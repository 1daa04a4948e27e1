//! exercise = "01-request/one_owner_per_round"
//! mark = "body"
//! shape = "the match gives the head of the next round"

    let mut head = head;
    for upstream in upstreams {
        head = match offer(upstream, head) {
            Offer::Refused(back) => back,
            sent => return sent,
        };
    }
    Offer::Refused(head)
