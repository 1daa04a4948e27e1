//! What to do with a request, decided once from its head and read by everybody after that.
//!
//! Owns the decision, copies nothing: what it keeps of the head is borrowed from it.

use crate::hops::{self, Via};
use crate::parts::headers;
use crate::refusal::Refusal;
use crate::target::{self, Target, TargetFault};
use crate::upgrade;
use wire::pipeline::Edits;
use wire::{Framing, FramingFault, RequestHead, Version};

/// A request that may go on to the upstream, and how.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan<'a> {
    pub(crate) head: &'a RequestHead,
    pub(crate) target: Target<'a>,
    pub(crate) framing: Framing,
    /// The Max-Forwards that goes on, where this request counts (RFC 9110 7.6.2).
    pub(crate) max_forwards: Option<u64>,
    /// The response has no body, whatever its fields say (RFC 9110 9.3.2).
    pub(crate) is_head: bool,
    /// The client may send another request on this connection (RFC 9112 9.3).
    pub(crate) persistent: bool,
    /// Sending it twice does what sending it once does, and it can be sent twice: there is no body, which
    /// would be gone after the first time (RFC 9110 9.2.2).
    pub(crate) repeatable: bool,
    /// It asks for another protocol, which this proxy lets through (RFC 9110 7.8).
    pub(crate) upgrade: bool,
    /// What the pipeline changes, where there is one.
    pub(crate) edits: Option<&'a Edits>,
}

impl<'a> Plan<'a> {
    /// Judges everything in the head that this proxy acts upon.
    ///
    /// # Errors
    /// The answer that the client gets instead of one from the upstream.
    pub(crate) fn of(head: &'a RequestHead, via: &Via) -> Result<Self, Refusal> {
        let (method, fields, version) = (head.method(), head.as_fields(), head.version());
        let framing = headers::request_framing(fields, version)
            .map_err(|panic| Refusal::ours(&panic))?
            .map_err(|fault| Refusal::new(framing_status(fault), fault.to_string()))?;
        let target = target::target(method, head.target(), version, fields)
            .map_err(|fault| Refusal::new(target_status(fault), fault.to_string()))?;
        let max_forwards = hops::travel(head, via)?;
        let connection = headers::connection(fields).map_err(|panic| Refusal::ours(&panic))?;
        let has_body = !matches!(framing, Framing::Empty | Framing::Length(0));
        // A server may ignore the wish. We do where a body stands between the wish and the other protocol.
        let upgrade = connection.upgrade
            && !has_body
            && upgrade::is_asked(fields, version).map_err(|panic| Refusal::ours(&panic))?;
        let idempotent = matches!(method, b"GET" | b"HEAD" | b"OPTIONS" | b"TRACE" | b"PUT" | b"DELETE");
        Ok(Self {
            head,
            target,
            framing,
            max_forwards,
            is_head: method == b"HEAD",
            persistent: !connection.close && (version == Version::Http11 || connection.keep_alive),
            repeatable: idempotent && !has_body,
            upgrade,
            edits: None,
        })
    }
}

fn framing_status(fault: FramingFault) -> u16 {
    match fault {
        FramingFault::UnknownCoding => 501,
        FramingFault::Both
        | FramingFault::Length
        | FramingFault::LengthsDiffer
        | FramingFault::CodingInHttp10
        | FramingFault::ChunkedNotLast => 400,
    }
}

fn target_status(fault: TargetFault) -> u16 {
    match fault {
        TargetFault::Tunnel => 501,
        TargetFault::Form | TargetFault::Scheme | TargetFault::NoHost | TargetFault::TwoHosts | TargetFault::Host => {
            400
        }
    }
}
