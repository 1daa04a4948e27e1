//! exercise = "01-request/one_owner_per_round"
//! mark = "body"
//! misconception = "each round needs a value of its own"
//! fails = "offers_the_same_head_each_time"
//! says = "a copy is not needed"

    for upstream in upstreams {
        match offer(upstream, Head { path: head.path.clone() }) {
            Offer::Sent { to, head } => return Offer::Sent { to, head },
            Offer::Refused(_) => {}
        }
    }
    Offer::Refused(head)
