//! exercise = "04-connection"
//! mark = "tunnel"
//! shape = "one inner match on a pair"

        Event::Closed(side) => match (open, side) {
            (Open::Both, Side::Client) => {
                (State::Tunnel { open: Open::Only(Side::Upstream) }, Action::Finish(Side::Upstream))
            }
            (Open::Both, Side::Upstream) => {
                (State::Tunnel { open: Open::Only(Side::Client) }, Action::Finish(Side::Client))
            }
            (Open::Only(Side::Client), Side::Client) | (Open::Only(Side::Upstream), Side::Upstream) => {
                (State::Closed(Reason::Finished), Action::Close)
            }
            (Open::Only(_), _) => impossible("Tunnel", event),
        },
        Event::TimedOut(Side::Client | Side::Upstream) => (State::Closed(Reason::Quiet), Action::Close),
