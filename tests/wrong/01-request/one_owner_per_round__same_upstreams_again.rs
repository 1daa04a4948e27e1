//! exercise = "01-request/one_owner_per_round"
//! mark = "body"
//! misconception = "a call with the same list goes on with the next element"
//! fails = "crashed"
//! says = "overflowed its stack"

    match upstreams {
        [] => Offer::Refused(head),
        [first, ..] => match offer(first, head) {
            Offer::Sent { to, head } => Offer::Sent { to, head },
            Offer::Refused(back) => send(back, upstreams),
        },
    }
