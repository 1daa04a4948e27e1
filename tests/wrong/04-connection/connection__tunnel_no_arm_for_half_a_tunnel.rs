//! exercise = "04-connection"
//! mark = "tunnel"
//! misconception = "an end comes while both sides are open"
//! fails = "E0004"
//! says = "an event without an arm"

        Event::Closed(side) => match open {
            Open::Both => (State::Tunnel { open: Open::Only(side.other()) }, Action::Finish(side.other())),
        },
        Event::TimedOut(_) => (State::Closed(Reason::Quiet), Action::Close),
