//! A channel that tells which message went from where to where.

use crate::trace::{self, Mode, Subject};
use std::panic::Location;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::mpsc::{self, RecvError, SendError, TryRecvError};

/// The sending end; a clone is another one. The channel closes when the last of them is dropped.
#[derive(Debug)]
pub struct Sender<T> {
    inner: mpsc::Sender<(u64, T)>,
    next: Arc<AtomicU64>,
    subject: Subject,
}

/// The receiving end.
#[derive(Debug)]
pub struct Receiver<T> {
    inner: mpsc::Receiver<(u64, T)>,
    subject: Subject,
}

/// A channel without a bound, as `std::sync::mpsc::channel` makes it.
#[track_caller]
pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
    let name = format!("channel, line {}", Location::caller().line());
    let subject = trace::subject(Subject::Channel, name);
    let (sender, receiver) = mpsc::channel();
    (Sender { inner: sender, next: Arc::default(), subject }, Receiver { inner: receiver, subject })
}

impl<T> Sender<T> {
    /// Sends a value, and waits for nobody.
    ///
    /// # Errors
    /// The receiver is gone; the value comes back.
    #[track_caller]
    pub fn send(&self, value: T) -> Result<(), SendError<T>> {
        let number = self.next.fetch_add(1, Relaxed);
        trace::message("sends", self.subject, Location::caller().line(), &number.to_string());
        self.inner.send((number, value)).map_err(|SendError((_, value))| SendError(value))
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        Self { inner: self.inner.clone(), next: Arc::clone(&self.next), subject: self.subject }
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        trace::message("drops a sender", self.subject, 0, "");
    }
}

impl<T> Receiver<T> {
    /// Waits for a value.
    ///
    /// # Errors
    /// All senders are gone, and no value is left.
    #[track_caller]
    pub fn recv(&self) -> Result<T, RecvError> {
        let place = Location::caller();
        trace::wants(self.subject, Mode::Alone, place);
        match self.inner.recv() {
            Ok((number, value)) => {
                trace::message("receives", self.subject, place.line(), &number.to_string());
                Ok(value)
            }
            Err(error) => {
                trace::message("finds it closed", self.subject, place.line(), "");
                Err(error)
            }
        }
    }

    /// Takes a value if there is one.
    ///
    /// # Errors
    /// There is none, or all senders are gone as well.
    #[track_caller]
    pub fn try_recv(&self) -> Result<T, TryRecvError> {
        let (number, value) = self.inner.try_recv()?;
        trace::message("receives", self.subject, Location::caller().line(), &number.to_string());
        Ok(value)
    }

    /// Every value until the channel closes.
    pub fn iter(&self) -> Iter<'_, T> {
        Iter(self)
    }
}

/// What [`Receiver::iter`] gives.
#[derive(Debug)]
pub struct Iter<'a, T>(&'a Receiver<T>);

impl<T> Iterator for Iter<'_, T> {
    type Item = T;

    #[track_caller]
    fn next(&mut self) -> Option<T> {
        self.0.recv().ok()
    }
}

/// What a `for` loop over a [`Receiver`] gives.
#[derive(Debug)]
pub struct IntoIter<T>(Receiver<T>);

impl<T> Iterator for IntoIter<T> {
    type Item = T;

    #[track_caller]
    fn next(&mut self) -> Option<T> {
        self.0.recv().ok()
    }
}

impl<T> IntoIterator for Receiver<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;

    fn into_iter(self) -> IntoIter<T> {
        IntoIter(self)
    }
}

impl<'a, T> IntoIterator for &'a Receiver<T> {
    type Item = T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        Iter(self)
    }
}
