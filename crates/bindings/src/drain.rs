//! Part `drain` for Python: a scene is played step by step, and each step says how the stop stands.
//!
//! The futures are polled here once a step, so that nothing waits and Python sees each moment.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Waker};

use part_drain::{Running, gate, handover};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use wire::drain::{Drained, Succession};

/// How the stop stands after a step: the connection that came in, whether it goes on, and how many were cut off.
type Stand = (Option<usize>, &'static str, Option<usize>);

/// Plays `steps` ("enter", "leave", "drain", "deadline") at one gate; `numbers` says which connection leaves.
#[pyfunction]
pub(crate) fn drain_play(steps: Vec<String>, numbers: Vec<usize>) -> PyResult<Vec<Stand>> {
    let (gate, controller) = gate();
    let mut controller = Some(controller);
    let mut inside: Vec<Option<Running>> = Vec::new();
    let is_late = Arc::new(AtomicBool::new(false));
    let mut stop: Option<Pin<Box<dyn Future<Output = Drained>>>> = None;
    let mut stand = ("open", None);
    let mut stands = Vec::with_capacity(steps.len());
    for (step, number) in steps.into_iter().zip(numbers) {
        let mut entered = None;
        match step.as_str() {
            "enter" => {
                if let Some(running) = gate.enter() {
                    entered = Some(inside.len());
                    inside.push(Some(running));
                }
            }
            "leave" => drop(inside.get_mut(number).and_then(Option::take)),
            "drain" => {
                if let Some(controller) = controller.take() {
                    stop = Some(Box::pin(controller.drain(until(Arc::clone(&is_late)))));
                    stand = ("draining", None);
                }
            }
            "deadline" => is_late.store(true, Ordering::Relaxed),
            other => return Err(PyValueError::new_err(format!("there is no step {other:?}"))),
        }
        if let Some(Poll::Ready(drained)) = stop.as_mut().map(|stop| once(stop.as_mut())) {
            stop = None;
            stand = match drained {
                Drained::All => ("all", None),
                Drained::Cut { left } => ("cut", Some(left)),
            };
        }
        stands.push((entered, stand.0, stand.1));
    }
    Ok(stands)
}

/// What becomes of a successor that does `news` ("ready", "fails", nothing), and what `ready` says; the deadline
/// passes before the news, after it, or never.
#[pyfunction]
pub(crate) fn drain_hand_over(news: &str, deadline: &str) -> (Option<&'static str>, Option<bool>) {
    let (successor, handover) = handover();
    let is_late = Arc::new(AtomicBool::new(deadline == "before"));
    let mut outcome = pin!(handover.outcome(until(Arc::clone(&is_late))));
    let mut ended = once(outcome.as_mut());
    let mut heard = None;
    // Kept, if there is no news: a drop would be news.
    let mut successor = Some(successor);
    match news {
        "ready" => heard = successor.take().map(part_drain::Successor::ready),
        "fails" => drop(successor.take()),
        _ => {}
    }
    is_late.store(deadline != "never", Ordering::Relaxed);
    if ended.is_pending() {
        ended = once(outcome.as_mut());
    }
    let ended = match ended {
        Poll::Pending => None,
        Poll::Ready(Succession::TakesOver) => Some("takes over"),
        Poll::Ready(Succession::Failed) => Some("failed"),
        Poll::Ready(Succession::TooLate) => Some("too late"),
    };
    (ended, heard)
}

async fn until(flag: Arc<AtomicBool>) {
    poll_fn(|_| if flag.load(Ordering::Relaxed) { Poll::Ready(()) } else { Poll::Pending }).await;
}

fn once<F: Future + ?Sized>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}
