//! exercise = "04-connection"
//! mark = "idle"
//! shape = "every mark in another shape than the reference"

    let reason = match event {
        Event::Read(bytes) => return (State::ReadingHead { bytes, after: turns.get() - 1 }, Action::Read),
        Event::TimedOut(Side::Client) => Reason::Quiet,
        Event::Closed(Side::Client) => Reason::Left,
        Event::StopAsked => Reason::Stopped,
        Event::HeadEnded { .. } | Event::BodyEnded | Event::AnswerReady { .. } | Event::AnswerEnded => {
            return impossible("Idle", event);
        }
        Event::Switched | Event::Refused(_) | Event::TimedOut(Side::Upstream) | Event::Closed(Side::Upstream) => {
            return impossible("Idle", event);
        }
    };
    (State::Closed(reason), Action::Close)
// mark: reading_head
        Event::Read(more) => match bytes.checked_add(more) {
            Some(bytes) if bytes <= bounds.head => (State::ReadingHead { bytes, after }, Action::Read),
            Some(_) | None => refuse(431, bounds),
        },
        Event::HeadEnded { body, persistent, upgrade } => {
            let (after, answer) = (after * u32::from(persistent), Answer::Awaited);
            let state = match body {
                true => State::ReadingBody { after, answer },
                false => State::Forwarding { after, upgrade, answer },
            };
            (state, Action::Forward)
        }
        Event::StopAsked => (State::ReadingHead { bytes, after: 0 }, Action::GoOn),
// mark: answering
        Event::AnswerEnded => {
            if let Some(turns) = NonZeroU32::new(after) {
                (State::Idle { turns }, Action::Read)
            } else {
                finish(bounds)
            }
        }
        Event::TimedOut(side) | Event::Closed(side) => broken(side, delimited),
        Event::StopAsked => (begun(0, delimited), Action::GoOn),
// mark: tunnel
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
