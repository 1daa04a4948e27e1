//! exercise = "01-request/one_owner_per_round"
//! mark = "body"
//! misconception = "a `let` inside a block gives the outer variable its value"
//! fails = "E0382"
//! says = "the variable that lives outside the loop"

    for upstream in upstreams {
        match offer(upstream, head) {
            Offer::Sent { to, head } => return Offer::Sent { to, head },
            Offer::Refused(back) => {
                let head = back;
            }
        }
    }
    Offer::Refused(head)
