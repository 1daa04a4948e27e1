//! The vocabulary that the proxy's parts share: heads, spans, faults, limits.
//!
//! Owns the words and the grammar of an HTTP/1.1 head (RFC 9112), and nothing that moves:
//! no sockets, no threads, no clock. A part takes these types in and gives these types out,
//! which is why parts never need to know one another.

pub mod analytics;
pub mod balancer;
pub mod cache;
pub mod calendar;
pub mod connection;
pub mod drain;
mod fault;
mod fields;
mod framing;
mod head;
mod known;
mod limits;
pub mod logline;
pub mod migration;
pub mod pipeline;
pub mod pool;
pub mod rules;
mod scan;
mod span;
pub mod syntax;

pub use fault::{Fault, ParseError};
pub use fields::{Field, FieldLines, Fields, Lines};
pub use framing::{ConnectionOptions, Framing, FramingFault, ResponseFraming};
pub use head::{Cut, FieldSpan, Handed, Note, RequestHead, RequestLine, ResponseHead, StatusLine, Version};
pub use known::Known;
pub use limits::Limits;
pub use span::Span;
