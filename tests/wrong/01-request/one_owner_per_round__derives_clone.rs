//! exercise = "01-request/one_owner_per_round"
//! mark = "body"
//! misconception = "a derive that makes the error go away mends the program"
//! fails = "offers_the_same_head_each_time"
//! says = "a copy is not needed"
//! edits = { "#[derive(Debug)]\npub struct Head" = "#[derive(Clone, Debug)]\npub struct Head" }

    for upstream in upstreams {
        match offer(upstream, head.clone()) {
            Offer::Sent { to, head } => return Offer::Sent { to, head },
            Offer::Refused(_) => {}
        }
    }
    Offer::Refused(head)
