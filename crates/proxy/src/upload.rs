//! The request's body on its way to the upstream, beside the response.
//!
//! Owns the order of the two: the response does not wait for the body, and a body that breaks off ends both.

use crate::body::Broken;
use crate::parts::Panicked;
use crate::parts::connection::Machine;
use crate::refusal::Refusal;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;
use wire::connection::{Event, Side};

/// The request's body on its way, beside the response.
pub(crate) struct Upload<'a, F> {
    /// `None` once it has ended, well or not.
    pub(crate) running: Option<Pin<&'a mut F>>,
    broken: Option<Broken>,
    /// The machine knows that it is complete.
    is_told: bool,
}

impl Upload<'_, std::future::Ready<Result<(), Broken>>> {
    pub(crate) fn none() -> Self {
        Self { running: None, broken: None, is_told: true }
    }
}

impl<'a, F: Future<Output = Result<(), Broken>>> Upload<'a, F> {
    /// A body that is being sent by `running`.
    pub(crate) fn new(running: Pin<&'a mut F>) -> Self {
        Self { running: Some(running), broken: None, is_told: false }
    }

    /// The whole body has been read from the client and written to the upstream.
    pub(crate) fn is_complete(&self) -> bool {
        self.running.is_none() && self.broken.is_none()
    }

    /// Tells the machine that the body has ended, once it has.
    pub(crate) fn tell(&mut self, machine: &mut Machine) -> Result<(), Panicked> {
        if self.is_complete() && !self.is_told {
            self.is_told = true;
            machine.step(Event::BodyEnded)?;
        }
        Ok(())
    }

    /// Goes on sending while `main` runs. `None` when the client broke off, which ends `main` too.
    ///
    /// An upstream that does not take the body is another matter: it may have answered already.
    pub(crate) async fn beside<T>(&mut self, main: impl Future<Output = T>) -> Option<T> {
        let mut main = pin!(main);
        loop {
            if let Some(value) = self.racing(main.as_mut()).await? {
                return Some(value);
            }
        }
    }

    /// The same, but stops with `Some(None)` when the sending ends before `main` does.
    pub(crate) async fn racing<T>(&mut self, main: impl Future<Output = T>) -> Option<Option<T>> {
        let mut main = pin!(main);
        poll_fn(|context| {
            let sent = self.running.as_mut().map(|running| running.as_mut().poll(context));
            if let Some(Poll::Ready(result)) = sent {
                self.running = None;
                self.broken = result.err();
                return Poll::Ready(match self.broken {
                    Some(Broken::Short | Broken::Malformed(_) | Broken::SourceSilent) => None,
                    Some(Broken::Target) | None => Some(None),
                });
            }
            main.as_mut().poll(context).map(|value| Some(Some(value)))
        })
        .await
    }

    /// What happened when the client's body broke off before there was an answer, and what to say to it.
    pub(crate) fn fault(&self) -> (Refusal, Event) {
        match &self.broken {
            Some(Broken::Malformed(error)) => (Refusal::new(400, error.to_string()), Event::Refused(400)),
            Some(Broken::SourceSilent) => {
                (Refusal::new(408, "the body did not come in time"), Event::TimedOut(Side::Client))
            }
            Some(Broken::Short | Broken::Target) | None => {
                (Refusal::new(400, "the body stops before its end"), Event::Closed(Side::Client))
            }
        }
    }
}
