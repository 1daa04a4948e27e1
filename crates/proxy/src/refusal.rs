//! The answers that the proxy gives on its own account, and whose fault each one is.
//!
//! A parser says what is wrong; only here does that become a status code. The same fault is 400 when it came
//! from the client, and 502 when it came from the upstream.

use crate::date;
use crate::parts::Panicked;
use std::io::Write as _;
use wire::pipeline::Answer;
use wire::{Fault, FieldLines, ParseError};

/// An answer in place of the upstream's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    /// One line that says what is wrong, or why we answer.
    pub(crate) text: String,
    /// What the client gets in place of the text, where the request is meant for us.
    pub(crate) answer: Option<Box<SelfAnswer>>,
}

/// What we say when a request ends at this proxy: it was meant to (RFC 9110 7.6.2), or a filter wants it so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SelfAnswer {
    /// Which methods go through this proxy.
    Options,
    /// The request as it came here.
    Trace(Vec<u8>),
    /// The text, and the seconds after which the client may try again.
    Later(u64),
    /// What a filter of the pipeline answers.
    Whole(FieldLines, Vec<u8>),
}

impl Refusal {
    pub(crate) fn new(status: u16, text: impl Into<String>) -> Self {
        Self { status, text: text.into(), answer: None }
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

    /// The pipeline answers in the upstream's place.
    pub(crate) fn filtered(answer: Answer) -> Self {
        match answer {
            Answer::Respond { status, fields, body } => {
                Self { status, text: String::new(), answer: Some(Box::new(SelfAnswer::Whole(fields, body))) }
            }
            Answer::Reject { status, why, retry_after_s } => Self {
                answer: retry_after_s.map(|seconds| Box::new(SelfAnswer::Later(seconds))),
                ..Self::new(status, why)
            },
        }
    }

    /// One of our parts is at fault.
    pub(crate) fn ours(panic: &Panicked) -> Self {
        Self::new(500, panic.to_string())
    }

    /// Appends the whole response to `out`; gives back the length of the body. `connection` is the line that says
    /// whether the connection stays, where it has to be said.
    pub(crate) fn write(&self, out: &mut Vec<u8>, answers_head: bool, connection: &str, via: &str) -> usize {
        let text = || format!("{} {}: {}\n", self.status, reason(self.status), self.text).into_bytes();
        let (about, body): (&[u8], _) = match self.answer.as_deref() {
            None | Some(SelfAnswer::Later(_)) => (b"Content-Type: text/plain; charset=utf-8\r\n", text()),
            Some(SelfAnswer::Trace(request)) => (b"Content-Type: message/http\r\n", request.clone()),
            // Every method but CONNECT goes through; these are the ones that have a name in RFC 9110 and 5789.
            Some(SelfAnswer::Options) => {
                (b"Allow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, TRACE\r\n", Vec::new())
            }
            Some(SelfAnswer::Whole(fields, body)) => (fields.as_bytes(), body.clone()),
        };
        let (status, reason) = (self.status, reason(self.status));
        write!(out, "HTTP/1.1 {status} {reason}\r\n").expect(FITS);
        out.extend_from_slice(about);
        if let Some(SelfAnswer::Later(seconds)) = self.answer.as_deref() {
            write!(out, "Retry-After: {seconds}\r\n").expect(FITS);
        }
        // RFC 9110 8.6: a 204 has no length to speak of.
        if status != 204 {
            write!(out, "Content-Length: {}\r\n", body.len()).expect(FITS);
        }
        date::now(|text| write!(out, "Date: {text}\r\nVia: {via}\r\n{connection}\r\n").expect(FITS));
        if answers_head || matches!(status, 204 | 304) {
            return 0;
        }
        out.extend_from_slice(&body);
        body.len()
    }
}

const FITS: &str = "a Vec takes every byte";

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
        409 => "Conflict",
        413 => "Content Too Large",
        414 => "URI Too Long",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        505 => "HTTP Version Not Supported",
        508 => "Loop Detected",
        _ => "Status",
    }
}
