//! exercise = "04-connection"
//! mark = "tunnel"
//! misconception = "a side is a number, and the other one is its negation"
//! fails = "E0600"
//! says = "other()"

        Event::Closed(side) => match open {
            Open::Both => (State::Tunnel { open: Open::Only(side.other()) }, Action::Finish(!side)),
            Open::Only(last) if last == side => (State::Closed(Reason::Finished), Action::Close),
            Open::Only(_) => impossible("Tunnel", event),
        },
        Event::TimedOut(_) => (State::Closed(Reason::Quiet), Action::Close),
