//! exercise = "01-request/one_owner_per_round"
//! mark = "body"
//! misconception = "a variable can be given a new value without `mut`"
//! fails = "E0384"
//! says = "`let mut`"

    for upstream in upstreams {
        match offer(upstream, head) {
            Offer::Sent { to, head } => return Offer::Sent { to, head },
            Offer::Refused(back) => head = back,
        }
    }
    Offer::Refused(head)
