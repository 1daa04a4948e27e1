//! When is the next request due?
//!
//! Owns the schedule. Leaves out who sends: every connection asks the same pace for its next request.

use std::thread;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::Instant;

/// How requests follow each other.
#[derive(Debug)]
pub(crate) enum Pace {
    /// Each connection asks again as soon as it can, until this time.
    Closed { until: Instant },
    /// Requests are due at fixed times; the connection that is free first takes the next one.
    /// All connections wait here in turn. When all are busy, due requests queue up, and their clocks run.
    Open { due: Mutex<UnboundedReceiver<Instant>> },
}

impl Pace {
    /// A closed loop from now on.
    pub(crate) fn closed(length: Duration) -> Self {
        Self::Closed { until: Instant::now() + length }
    }

    /// An open loop from `start` on.
    pub(crate) fn open(rate: f64, start: Instant, length: Duration) -> Self {
        let (sender, due) = unbounded_channel();
        // A thread of its own: tokio's timers count in milliseconds, which is more than a request takes.
        thread::spawn(move || tell_due_times(&sender, rate, start, length));
        Self::Open { due: Mutex::new(due) }
    }

    /// Waits until a request is due, and says since when it is; `None` when there are no more.
    pub(crate) async fn next(&self) -> Option<Instant> {
        match self {
            Self::Closed { until } => {
                let now = Instant::now();
                (now < *until).then_some(now)
            }
            Self::Open { due } => due.lock().await.recv().await,
        }
    }

    /// Takes a request that was due and that no connection came to send; for when the run is over.
    pub(crate) fn left_over(&mut self) -> Option<Instant> {
        match self {
            Self::Closed { .. } => None,
            Self::Open { due } => due.get_mut().try_recv().ok(),
        }
    }
}

/// The time at which a request is due: counted from the start, so that no error adds up.
fn due_time(start: Instant, rate: f64, number: u32) -> Instant {
    start + Duration::from_secs_f64(f64::from(number) / rate)
}

/// Sleeps from one due time to the next. After a late waking the times stay what they are.
fn tell_due_times(to: &UnboundedSender<Instant>, rate: f64, start: Instant, length: Duration) {
    for number in 0.. {
        let due = due_time(start, rate, number);
        if due >= start + length {
            return;
        }
        thread::sleep(due.saturating_duration_since(Instant::now()));
        if to.send(due).is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_open_loop_has_its_due_times_whoever_is_late() {
        let start = Instant::now();
        let mut pace = Pace::open(10_000.0, start, Duration::from_millis(5));
        let mut times = Vec::new();
        while let Some(due) = pace.next().await {
            times.push(due.duration_since(start).as_micros());
        }
        let expected: Vec<u128> = (0..50).map(|number| number * 100).collect();
        assert_eq!(times, expected);
        assert_eq!(pace.left_over(), None);
    }

    #[tokio::test(start_paused = true)]
    async fn a_closed_loop_is_due_now_until_its_end() {
        let pace = Pace::closed(Duration::from_secs(1));
        assert_eq!(pace.next().await, Some(Instant::now()));
        tokio::time::advance(Duration::from_secs(1)).await;
        assert_eq!(pace.next().await, None);
    }
}
