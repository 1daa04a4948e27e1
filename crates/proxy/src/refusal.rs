//! The answers that the proxy gives on its own account, and whose fault each one is.
//!
//! A parser says what is wrong; only here does that become a status code. The same fault is 400 when it came
//! from the client, and 502 when it came from the upstream.

use crate::date;
use crate::parts::Panicked;
use std::io::Write as _;
use wire::{Fault, ParseError};

/// An answer in place of the upstream's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    /// One line that says what is wrong.
    pub(crate) text: String,
}

impl Refusal {
    pub(crate) fn new(status: u16, text: impl Into<String>) -> Self {
        Self { status, text: text.into() }
    }

    /// The client's head is at fault.
    pub(crate) fn client(error: ParseError) -> Self {
        // Every fault that is no limit and no version is a plain 400. `Fault` is open for more, so this
        // one match has to have a default.
        let status = match error.fault {
            Fault::HeadTooLong { .. } | Fault::TooManyFields { .. } => 431,
            Fault::TargetTooLong { .. } => 414,
            Fault::VersionUnsupported => 505,
            _ => 400,
        };
        Self::new(status, error.to_string())
    }

    /// The upstream's answer is at fault.
    pub(crate) fn upstream(error: impl std::fmt::Display) -> Self {
        Self::new(502, format!("the upstream's answer is faulty: {error}"))
    }

    /// One of our parts is at fault.
    pub(crate) fn ours(panic: &Panicked) -> Self {
        Self::new(500, panic.to_string())
    }

    /// Appends the whole response to `out`; gives back the length of the body.
    pub(crate) fn write(&self, out: &mut Vec<u8>, answers_head: bool, closes: bool, via: &str) -> usize {
        let body = format!("{} {}: {}\n", self.status, reason(self.status), self.text);
        write!(
            out,
            "HTTP/1.1 {} {}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {}\r\nDate: {}\r\nVia: {via}\r\n{}\r\n",
            self.status,
            reason(self.status),
            body.len(),
            date::now(),
            if closes { "Connection: close\r\n" } else { "" },
        )
        .expect("a Vec takes every byte");
        if answers_head {
            return 0;
        }
        out.extend_from_slice(body.as_bytes());
        body.len()
    }
}

/// The reason phrase of the status codes that we make ourselves.
pub(crate) fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        204 => "No Content",
        304 => "Not Modified",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        413 => "Content Too Large",
        414 => "URI Too Long",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        505 => "HTTP Version Not Supported",
        _ => "Status",
    }
}
