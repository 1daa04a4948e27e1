//! exercise = "01-request/one_owner_per_round"
//! mark = "body"
//! misconception = "a use after a move is mended by a clone"
//! fails = "E0599"
//! says = "a request has one owner"

    for upstream in upstreams {
        match offer(upstream, head.clone()) {
            Offer::Sent { to, head } => return Offer::Sent { to, head },
            Offer::Refused(_) => {}
        }
    }
    Offer::Refused(head)
