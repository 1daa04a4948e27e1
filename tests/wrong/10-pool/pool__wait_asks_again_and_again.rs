//! exercise = "10-pool"
//! mark = "wait"
//! misconception = "a future that is not ready only has to be asked again"
//! fails = "step_4_wait::a_request_beyond_the_bound_waits_for_a_connection"
//! says = "a waiter that wakes itself keeps a core busy"

        self.tally.waits.fetch_add(1, Ordering::Relaxed);
        core::future::poll_fn(|context| {
            context.waker().wake_by_ref();
            self.places.try_acquire().map_or(core::task::Poll::Pending, core::task::Poll::Ready)
        })
        .await
