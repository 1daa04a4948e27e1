//! exercise = "04-connection"
//! mark = "idle"
//! misconception = "every time-out deserves an answer, also one that nobody waits for"
//! fails = "step_1_idle::a_silent_client_is_closed_without_a_word"
//! says = "there is nothing to answer"

    match event {
        Event::Read(bytes) => (State::ReadingHead { bytes, after: turns.get() - 1 }, Action::Read),
        Event::TimedOut(Side::Client) => (State::Closed(Reason::Refused(408)), Action::Refuse { status: 408, keep: false }),
        Event::Closed(Side::Client) => (State::Closed(Reason::Left), Action::Close),
        Event::StopAsked => (State::Closed(Reason::Stopped), Action::Close),
        Event::HeadEnded { .. } | Event::BodyEnded | Event::AnswerReady { .. } => impossible("Idle", event),
        Event::AnswerEnded | Event::Switched | Event::Refused(_) => impossible("Idle", event),
        Event::TimedOut(Side::Upstream) | Event::Closed(Side::Upstream) => impossible("Idle", event),
    }
