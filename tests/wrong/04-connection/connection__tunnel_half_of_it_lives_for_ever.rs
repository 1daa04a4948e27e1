//! exercise = "04-connection"
//! mark = "tunnel"
//! misconception = "silence matters only while both sides send"
//! fails = "step_4_tunnel::silence_closes_it_whole_or_half"
//! says = "nothing moves"

        Event::Closed(side) => match open {
            Open::Both => (State::Tunnel { open: Open::Only(side.other()) }, Action::Finish(side.other())),
            Open::Only(last) if last == side => (State::Closed(Reason::Finished), Action::Close),
            Open::Only(_) => impossible("Tunnel", event),
        },
        Event::TimedOut(_) if open == Open::Both => (State::Closed(Reason::Quiet), Action::Close),
        Event::TimedOut(_) => (State::Tunnel { open }, Action::GoOn),
