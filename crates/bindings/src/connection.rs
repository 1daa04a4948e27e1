//! Part `connection` for Python: a story of events goes in, and the state and the action after each come out.
//!
//! A state cannot be kept in Python and stepped twice, because a step consumes it: so each call tells the whole story.

use std::num::NonZeroU32;

use part_connection::State;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use wire::connection::{Bounds, Event, Side};

/// One event by its name, with the values of all events; each name uses its own.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Told {
    name: String,
    bytes: usize,
    status: u16,
    side: String,
    body: bool,
    persistent: bool,
    upgrade: bool,
    delimited: bool,
}

impl Told {
    fn event(&self) -> PyResult<Event> {
        let Self { body, persistent, upgrade, delimited, .. } = *self;
        Ok(match self.name.as_str() {
            "Read" => Event::Read(self.bytes),
            "HeadEnded" => Event::HeadEnded { body, persistent, upgrade },
            "BodyEnded" => Event::BodyEnded,
            "AnswerReady" => Event::AnswerReady { delimited },
            "AnswerEnded" => Event::AnswerEnded,
            "Switched" => Event::Switched,
            "Refused" => Event::Refused(self.status),
            "TimedOut" => Event::TimedOut(self.side()?),
            "Closed" => Event::Closed(self.side()?),
            "StopAsked" => Event::StopAsked,
            name => return Err(PyValueError::new_err(format!("there is no event {name:?}"))),
        })
    }

    fn side(&self) -> PyResult<Side> {
        match self.side.as_str() {
            "Client" => Ok(Side::Client),
            "Upstream" => Ok(Side::Upstream),
            side => Err(PyValueError::new_err(format!("a side is \"Client\" or \"Upstream\", and not {side:?}"))),
        }
    }
}

/// The state and the action after each event of a new connection, as Rust writes them.
#[pyfunction]
pub(crate) fn connection_steps(
    events: Vec<Told>,
    requests: NonZeroU32,
    head: usize,
    discard: usize,
) -> PyResult<Vec<(String, String)>> {
    let bounds = Bounds { requests, head, discard };
    let mut state = State::new(&bounds);
    let mut steps = Vec::with_capacity(events.len());
    for told in events {
        let (next, action) = state.step(told.event()?, &bounds);
        steps.push((format!("{next:?}"), format!("{action:?}")));
        state = next;
    }
    Ok(steps)
}
