//! exercise = "04-connection"
//! mark = "tunnel"
//! misconception = "when one side has ended, the tunnel is over"
//! fails = "step_4_tunnel::the_first_end_is_passed_on_to_the_other_side"
//! says = "the other may still send"

        Event::Closed(side) => match open {
            Open::Both => (State::Closed(Reason::Finished), Action::Close),
            Open::Only(last) if last == side => (State::Closed(Reason::Finished), Action::Close),
            Open::Only(_) => impossible("Tunnel", event),
        },
        Event::TimedOut(_) => (State::Closed(Reason::Quiet), Action::Close),
