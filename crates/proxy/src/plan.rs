//! What to do with a request, decided once from its head and read by everybody after that.
//!
//! Owns the decision, copies nothing: what it keeps of the head is borrowed from it.

use crate::fields::{self, Connection};
use crate::framing::{self, Framing, FramingFault};
use crate::refusal::Refusal;
use crate::target::{self, Target, TargetFault};
use wire::{RequestHead, Version};

/// A request that may go on to the upstream, and how.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan<'a> {
    pub(crate) head: &'a RequestHead,
    pub(crate) target: Target<'a>,
    pub(crate) framing: Framing,
    pub(crate) connection: Connection,
    /// The response has no body, whatever its fields say (RFC 9110 9.3.2).
    pub(crate) is_head: bool,
    /// The client may send another request on this connection (RFC 9112 9.3).
    pub(crate) persistent: bool,
    /// Sending it twice does what sending it once does, and it can be sent twice: there is no body, which
    /// would be gone after the first time (RFC 9110 9.2.2).
    pub(crate) repeatable: bool,
}

impl<'a> Plan<'a> {
    /// Judges everything in the head that this proxy acts upon.
    ///
    /// # Errors
    /// The answer that the client gets instead of one from the upstream.
    pub(crate) fn of(head: &'a RequestHead) -> Result<Self, Refusal> {
        let method = head.method();
        let framing = framing::request(head, head.version()).map_err(|fault| {
            let status = match fault {
                FramingFault::UnknownCoding => 501,
                FramingFault::Both
                | FramingFault::Length
                | FramingFault::LengthsDiffer
                | FramingFault::CodingInHttp10
                | FramingFault::ChunkedNotLast => 400,
            };
            Refusal::new(status, fault.to_string())
        })?;
        let target = target::target(method, head.target(), head.version(), head).map_err(|fault| {
            let status = match fault {
                TargetFault::Tunnel => 501,
                TargetFault::Form
                | TargetFault::Scheme
                | TargetFault::NoHost
                | TargetFault::TwoHosts
                | TargetFault::Host => 400,
            };
            Refusal::new(status, fault.to_string())
        })?;
        let connection = fields::connection(head);
        let idempotent = matches!(method, b"GET" | b"HEAD" | b"OPTIONS" | b"TRACE" | b"PUT" | b"DELETE");
        Ok(Self {
            head,
            target,
            framing,
            connection,
            is_head: method == b"HEAD",
            persistent: !connection.close && (head.version() == Version::Http11 || connection.keep_alive),
            repeatable: idempotent && matches!(framing, Framing::Empty | Framing::Length(0)),
        })
    }
}
