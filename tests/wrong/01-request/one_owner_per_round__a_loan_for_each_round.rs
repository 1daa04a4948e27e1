//! exercise = "01-request/one_owner_per_round"
//! mark = "body"
//! misconception = "a function that takes a value also takes a loan of it"
//! fails = "E0308"
//! says = "owns it"

    for upstream in upstreams {
        match offer(upstream, &head) {
            Offer::Sent { to, head } => return Offer::Sent { to, head },
            Offer::Refused(_) => {}
        }
    }
    Offer::Refused(head)
