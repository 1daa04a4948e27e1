//! exercise = "04-connection"
//! mark = "tunnel"
//! shape = "one match on a pair"

    match (open, event) {
        (Open::Both, Event::Closed(Side::Client)) => {
            (State::Tunnel { open: Open::Only(Side::Upstream) }, Action::Finish(Side::Upstream))
        }
        (Open::Both, Event::Closed(Side::Upstream)) => {
            (State::Tunnel { open: Open::Only(Side::Client) }, Action::Finish(Side::Client))
        }
        (Open::Only(Side::Client), Event::Closed(Side::Client))
        | (Open::Only(Side::Upstream), Event::Closed(Side::Upstream)) => {
            (State::Closed(Reason::Finished), Action::Close)
        }
        (_, Event::TimedOut(_)) => (State::Closed(Reason::Quiet), Action::Close),
        (open, Event::Read(_) | Event::StopAsked) => (State::Tunnel { open }, Action::GoOn),
        (_, event) => impossible("Tunnel", event),
    }
