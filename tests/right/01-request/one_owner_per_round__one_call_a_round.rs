//! exercise = "01-request/one_owner_per_round"
//! mark = "body"
//! shape = "each call offers it to the first one, and passes what comes back to the others"

    match upstreams {
        [] => Offer::Refused(head),
        [first, others @ ..] => match offer(first, head) {
            Offer::Sent { to, head } => Offer::Sent { to, head },
            Offer::Refused(back) => send(back, others),
        },
    }
