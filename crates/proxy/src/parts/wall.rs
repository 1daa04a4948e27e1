//! The wall around the parts: a panic inside becomes a value outside.
//!
//! Owns the count of panics. Leaves out which part is called (see `parts`).

use std::any::Any;
use std::fmt;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::task::Poll;

/// A part panicked. The request that it worked on is lost, nothing else is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Panicked {
    /// The part's name, as the course spells it.
    pub(crate) part: &'static str,
    /// What the part said.
    pub(crate) message: String,
}

impl fmt::Display for Panicked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "part `{}` panicked: {}", self.part, self.message)
    }
}

/// Runs `call`, and turns a panic in it into a value.
///
/// `AssertUnwindSafe` holds because whatever a part works on is moved into the call or only read by it, and a
/// head that is half written when a panic comes is thrown away by its writer.
pub(super) fn guard<T>(part: &'static str, call: impl FnOnce() -> T) -> Result<T, Panicked> {
    catch_unwind(AssertUnwindSafe(call)).map_err(|payload| {
        PANICS.fetch_add(1, Relaxed);
        Panicked { part, message: message(payload.as_ref()) }
    })
}

/// The same for a call that waits: every step of it is inside the wall.
pub(super) async fn guard_async<T>(part: &'static str, call: impl Future<Output = T>) -> Result<T, Panicked> {
    let mut call = pin!(call);
    poll_fn(|context| match guard(part, || call.as_mut().poll(context)) {
        Ok(poll) => poll.map(Ok),
        // A future that has panicked is not polled again: this is the end of it.
        Err(panic) => Poll::Ready(Err(panic)),
    })
    .await
}

/// Panics that were caught so far, of all parts and all servers in this process.
static PANICS: AtomicU64 = AtomicU64::new(0);

/// How many panics of parts were caught since this process began.
pub(crate) fn panics() -> u64 {
    PANICS.load(Relaxed)
}

fn message(payload: &(dyn Any + Send)) -> String {
    if let Some(text) = payload.downcast_ref::<&str>() {
        (*text).to_owned()
    } else if let Some(text) = payload.downcast_ref::<String>() {
        text.clone()
    } else {
        "the panic carried no message".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::guard;

    #[test]
    fn a_part_that_works_is_not_disturbed() {
        assert_eq!(guard("demo", || 6 * 7), Ok(42));
    }

    #[test]
    fn a_todo_becomes_a_sentence_that_names_the_part() {
        let got = guard("demo", || -> u8 { todo!("cut the buffer") }).map_err(|panic| panic.to_string());
        assert_eq!(got, Err("part `demo` panicked: not yet implemented: cut the buffer".to_owned()));
    }

    #[test]
    fn a_panic_with_a_plain_text_keeps_it() {
        let got = guard("demo", || -> u8 { panic!("no more") }).map_err(|panic| panic.message);
        assert_eq!(got, Err("no more".to_owned()));
    }

    #[test]
    fn a_panic_with_another_value_still_becomes_an_error() {
        let got = guard("demo", || -> u8 { std::panic::panic_any(7_u8) }).map_err(|panic| panic.message);
        assert_eq!(got, Err("the panic carried no message".to_owned()));
    }

    #[test]
    fn the_next_call_works_after_a_panic() {
        let _ = guard("demo", || -> u8 { panic!("once") });
        assert_eq!(guard("demo", || 1), Ok(1));
    }
}
