//! What is noted of one request of a migration while `forward` is busy with it: how it went, and what was answered.
//!
//! Owns the notes. Leaves out what they mean: the request goes its way, except that a 501 of the new upstream is kept
//! back where the old one can be asked.

use std::time::{Duration, Instant};
use tokio::sync::oneshot;
use wire::connection::{Event, Side};
use wire::migration::{BodyDigest, Snapshot};
use wire::{FieldLines, ResponseHead};

/// Notes what becomes of one request, while `forward` is busy with it.
pub(crate) struct Watch {
    pub(super) began: Instant,
    /// A 501 is not passed on: the old upstream is asked instead.
    pub(super) falls_back: bool,
    /// The upstream has broken off in the middle of its answer.
    pub(super) broken: bool,
    /// When a tunnel began. How long it lasts is up to those at its ends.
    pub(super) switched: Option<Duration>,
    twin: Option<Twin>,
}

/// The way to the task that has a copy of the request, and what it will be told.
pub(super) struct Twin {
    twin: oneshot::Sender<Seen>,
    seen: Option<Seen>,
}

impl Twin {
    /// The two ends of the way.
    pub(super) fn new() -> (Self, oneshot::Receiver<Seen>) {
        let (twin, told) = oneshot::channel();
        (Self { twin, seen: None }, told)
    }
}

impl Watch {
    pub(super) fn new(falls_back: bool, twin: Option<Twin>) -> Self {
        Self { began: Instant::now(), falls_back, broken: false, switched: None, twin }
    }

    /// The upstream has answered with this head. True: it is not passed on.
    pub(crate) fn heard(&mut self, head: &ResponseHead) -> bool {
        if head.status() == 101 {
            self.switched = Some(self.began.elapsed());
        }
        if let Some(twin) = &mut self.twin {
            twin.seen = Some(Seen::of(head));
        }
        self.falls_back && head.status() == 501
    }

    /// A piece of the body has passed.
    pub(crate) fn passed(&mut self, data: &[u8]) {
        if let Some(Twin { seen: Some(seen), .. }) = &mut self.twin {
            seen.body.add(data);
        }
    }

    /// The answer has come to its end, or not.
    pub(crate) fn ended(&mut self, event: Event) {
        self.broken = matches!(event, Event::Closed(Side::Upstream) | Event::TimedOut(Side::Upstream));
        // Of an answer that is not whole, the task is told nothing, and has nothing to compare.
        match self.twin.take() {
            Some(Twin { twin, seen: Some(seen) }) if event == Event::AnswerEnded => _ = twin.send(seen),
            Some(_) | None => {}
        }
    }
}

/// What is kept of an answer, to be compared.
pub(crate) struct Seen {
    status: u16,
    fields: FieldLines,
    pub(crate) body: BodyDigest,
}

impl Seen {
    /// An answer whose body is still to come.
    pub(crate) fn of(head: &ResponseHead) -> Self {
        let mut fields = FieldLines::new();
        for line in head.as_fields().iter() {
            fields.push(line.name, line.value).expect("the line comes from a head that was parsed");
        }
        Self { status: head.status(), fields, body: BodyDigest::new() }
    }

    pub(super) fn snapshot(&self) -> Snapshot<'_> {
        Snapshot { status: self.status, fields: self.fields.as_fields(), body: self.body }
    }
}
