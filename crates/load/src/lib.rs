//! A load generator for HTTP/1.1: one URL, one request over and over, and honest figures.
//!
//! Owns its connections and its clock. Knows nothing of the proxy or its parts, so that no mistake of theirs
//! can hide in what measures them. There are two ways to put load on a server:
//!
//! - **Closed loop**: each connection asks again when its response is whole. That tells the throughput. It
//!   cannot tell the latency that users see: while the server stands still, nobody asks.
//! - **Open loop**: requests are due at fixed times, whatever the server does, as users come. Latency counts
//!   from the moment a request was *due*, not from when it could be sent. A stall of one second is then seen
//!   by every request that was due in it. Counting from the sending would forget them; that error is called
//!   coordinated omission.
//!
//! `pace` says when to ask, `connection` asks, `response` finds the end of an answer, `tally` counts.

mod connection;
mod head;
mod pace;
mod response;
mod run;
mod tally;
mod target;

pub use run::{Plan, Unreachable, run};
pub use tally::{Kind, Tally};
pub use target::{BadField, BadMethod, BadUrl, Field, Method, Url};
