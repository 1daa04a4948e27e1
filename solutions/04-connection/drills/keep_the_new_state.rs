//! Keep the new state: a step takes the old state, and what it gives back is the only connection there is.
//!
//! `step` takes the connection by value, so nobody can go on with a state that is over.
//! The loop below calls `step` and lets what comes back fall.
//! In the second round there is no connection left that could step.
//! Keep what `step` gives back, so that each event meets the connection as the event before has left it.

/// One client connection. It is not `Copy`: there is one of it at any moment.
#[derive(Debug, PartialEq)]
pub enum Conn {
    /// Between two requests.
    Idle { answered: u32 },
    /// So many bytes of a request have come.
    Reading { answered: u32, bytes: usize },
    /// The client is gone.
    Closed { answered: u32 },
}

/// What can happen to it.
#[derive(Clone, Copy, Debug)]
pub enum Event {
    Read(usize),
    Answered,
    Left,
}

impl Conn {
    /// The connection after `event`.
    pub fn step(self, event: Event) -> Conn {
        match (self, event) {
            (Conn::Idle { answered }, Event::Read(bytes)) => Conn::Reading { answered, bytes },
            (Conn::Reading { answered, bytes }, Event::Read(more)) => Conn::Reading { answered, bytes: bytes + more },
            (Conn::Reading { answered, bytes: _ }, Event::Answered) => Conn::Idle { answered: answered + 1 },
            (Conn::Idle { answered }, Event::Answered) => Conn::Idle { answered },
            (Conn::Idle { answered } | Conn::Reading { answered, .. }, Event::Left) => Conn::Closed { answered },
            (Conn::Closed { answered }, Event::Read(_) | Event::Answered | Event::Left) => Conn::Closed { answered },
        }
    }
}

/// The life of one connection: from a new one, through all events.
pub fn live(events: &[Event]) -> Conn {
    // exercise: begin
    let mut conn = Conn::Idle { answered: 0 };
    for &event in events {
        conn = conn.step(event);
    }
    conn
    // exercise: stub
    // let conn = Conn::Idle { answered: 0 };
    // for &event in events {
    //     conn.step(event);
    // }
    // conn
    // exercise: end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(events: &[Event], expected: Conn, why: &str) {
        let got = live(events);
        assert!(got == expected, "{why}\ninput: {events:?}\nexpected: {expected:?}\ngot: {got:?}");
    }

    #[test]
    fn without_an_event_it_is_idle() {
        check(&[], Conn::Idle { answered: 0 }, "nothing has happened yet");
    }

    #[test]
    fn an_event_leads_to_the_next_state() {
        let why = "the state after the event counts, and not the one before it";
        check(&[Event::Read(7)], Conn::Reading { answered: 0, bytes: 7 }, why);
        check(&[Event::Left], Conn::Closed { answered: 0 }, why);
    }

    #[test]
    fn each_event_meets_the_state_that_the_one_before_has_left() {
        let why = "each event begins where the event before it has ended";
        check(&[Event::Read(7), Event::Read(5)], Conn::Reading { answered: 0, bytes: 12 }, why);
        check(&[Event::Read(7), Event::Answered], Conn::Idle { answered: 1 }, why);
    }

    #[test]
    fn a_whole_life_ends_closed() {
        let round = [Event::Read(7), Event::Answered];
        let events = [&round.repeat(3)[..], &[Event::Left, Event::Read(9)]].concat();
        check(&events, Conn::Closed { answered: 3 }, "three requests were answered; what is closed stays closed");
    }
}
