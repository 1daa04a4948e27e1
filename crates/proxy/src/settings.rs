//! Every limit and every time-out of the proxy, each with a name and a default.
//!
//! Leaves out where they come from: `main.rs` fills them from the command line.
//!
//! # Memory
//!
//! What one client connection may take of the proxy's memory; the system's own socket buffers are not in it.
//!
//! - Idle: 20 KiB. The task takes about 6, the buffer of the next head 4, and the buffer of the last answer 4 at most:
//!   what has grown for a large message is let go of before the wait. The rest is the allocator's.
//! - Busy: 320 KiB, with the default limits. Each head takes up to twice `limits.head` while it grows (32 from the
//!   client, 48 from the upstream, where it shares its buffer with the body). A body in motion takes a piece of 16
//!   on its way in, or of 64 once it is known to be long, and up to 64 on its way out, in each direction. A tunnel
//!   takes 16 for each direction.
//! - Beside that: an answer that is to be kept, up to `entry_bytes`, until it is whole.
//!
//! Idle connections to a server keep the buffer of their last head, 48 KiB at most, and there are `idle_connections`
//! of them. `tests/e2e/test_limits.py` holds the proxy to these numbers.

use crate::hops::Pseudonym;
use std::num::NonZeroU32;
use std::time::Duration;

/// How much the proxy is willing to hold, and how long it is willing to wait.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Bounds on one head, from the client (431, 414) as from the upstream (502).
    pub limits: wire::Limits,
    /// Bytes in one chunk-size line, extensions included. Default: 1 KiB. Reached: 400 or 502.
    pub chunk_line: usize,
    /// Bytes in all the trailer fields of one body. Default: 8 KiB. Reached: 400 or 502.
    pub trailers: usize,
    /// Interim responses (1xx) before the final one. Default: 16. Reached: 502.
    pub interim: usize,
    /// Clients that are connected at the same time. Default: 10,000. Reached: the next one waits to be accepted.
    pub clients: u32,
    /// Requests on one client connection. Default: 100,000. Reached: the answer says `Connection: close`.
    pub requests: NonZeroU32,
    /// Bytes that are still read from a client whose connection we close, so that it can read our answer.
    /// Default: 1 MiB.
    pub linger_bytes: usize,
    /// How long to wait, and for what.
    pub timeouts: Timeouts,
    /// The name of this proxy in Via, by which it knows a request that comes a second time (508). Default: none,
    /// which makes a new one at each start, so that proxies behind one another have different names.
    pub via: Option<Pseudonym>,
    /// Shown in every Via field as a comment, so that you can see whose parts answered. Default: empty.
    pub label: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            limits: wire::Limits::default(),
            chunk_line: 1024,
            trailers: 8 * 1024,
            interim: 16,
            clients: 10_000,
            requests: NonZeroU32::new(100_000).expect("it is not zero"),
            linger_bytes: 1024 * 1024,
            timeouts: Timeouts::default(),
            via: None,
            label: String::new(),
        }
    }
}

/// How long the proxy waits for each thing that may never come.
#[derive(Clone, Debug)]
pub struct Timeouts {
    /// From the first byte of a request head to its blank line. Default: 10 s. Passed: 408.
    pub head: Duration,
    /// Between two requests of one client. Default: 60 s. Passed: the connection closes without a word.
    pub idle: Duration,
    /// Silence inside a body, on either side, reading or writing. Default: 30 s.
    /// Passed: 408 when the client was silent and nothing has been answered, otherwise the connection is cut.
    pub body: Duration,
    /// For a connection to the upstream. Default: 3 s. Passed: 504.
    pub connect: Duration,
    /// From the end of the request to the end of the response head. Default: 30 s. Passed: 504.
    pub response: Duration,
    /// How long nothing may move in a tunnel, in either direction. Default: 5 min. Passed: both sides are closed.
    pub tunnel: Duration,
    /// How long we go on reading from a client that is being closed. Default: 1 s.
    pub linger: Duration,
    /// How long a part may compute without a pause. Default: 10 s. Passed: the program names the part and ends, because
    /// nothing can take the thread back from a loop that never ends.
    pub part: Duration,
    /// How long running requests may go on after a stop was asked for. Default: 10 s. After a restart, connections
    /// without a request are kept for the first half of it.
    pub drain: Duration,
    /// How long a successor may take to get ready. Default: 10 s. Passed: it is ended, and this process goes on.
    pub ready: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(10),
            idle: Duration::from_secs(60),
            body: Duration::from_secs(30),
            connect: Duration::from_secs(3),
            response: Duration::from_secs(30),
            tunnel: Duration::from_secs(300),
            linger: Duration::from_secs(1),
            part: Duration::from_secs(10),
            drain: Duration::from_secs(10),
            ready: Duration::from_secs(10),
        }
    }
}
