//! exercise = "04-connection"
//! mark = "tunnel"
//! misconception = "the side that has ended is the one to be told"
//! fails = "step_4_tunnel::the_first_end_is_passed_on_to_the_other_side"
//! says = "one side has ended"

        Event::Closed(side) => match open {
            Open::Both => (State::Tunnel { open: Open::Only(side.other()) }, Action::Finish(side)),
            Open::Only(last) if last == side => (State::Closed(Reason::Finished), Action::Close),
            Open::Only(_) => impossible("Tunnel", event),
        },
        Event::TimedOut(_) => (State::Closed(Reason::Quiet), Action::Close),
