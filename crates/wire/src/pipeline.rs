//! What the pipeline sees of a request, and what it may say of it.
//!
//! Owns the words: a request as it arrived, the changes to make to it, an answer in its place. Nothing here can reach a
//! socket, and so nothing that a filter does can either. Leaves out the filters and their order (part `pipeline`).

mod buckets;
mod edits;

use std::borrow::Cow;
use std::net::IpAddr;

pub use buckets::Buckets;
pub use edits::{Edit, Edits, RequestId, RequestIds};

use crate::rules::{NewPrefix, PathPrefix, plain_path};
use crate::{FieldLines, Fields};

/// A request as it arrived: everything is borrowed from its head.
#[derive(Clone, Debug)]
pub struct Incoming<'r> {
    /// The method, as it was spelled.
    pub method: &'r [u8],
    /// The host that the request is for, with its port if it has one; empty, when an HTTP/1.0 client named none.
    pub host: &'r [u8],
    /// The client's address.
    pub client: IpAddr,
    /// The fields of the head.
    pub fields: Fields<'r>,
    target: &'r [u8],
    path: Cow<'r, [u8]>,
}

impl<'r> Incoming<'r> {
    /// A request of `method` for `target` on `host`. Of an absolute-form target only path and query are looked at.
    pub fn new(method: &'r [u8], target: &'r [u8], host: &'r [u8], client: IpAddr, fields: Fields<'r>) -> Self {
        let target = origin_form(target);
        let path = match plain_path(target) {
            Cow::Borrowed(b"") => Cow::Borrowed(b"/".as_slice()), // http://cafe.example?day=1
            path => path,
        };
        Self { method, host, client, fields, target, path }
    }

    /// Path and query, as they were spelled.
    pub fn target(&self) -> &'r [u8] {
        self.target
    }

    /// The path in the one spelling that rules look at: see [`plain_path`].
    pub fn path(&self) -> &[u8] {
        &self.path
    }

    /// The target with `to` in the place of `from`, a prefix of its path. Query and the rest of the path stay as they
    /// were spelled; only a rest that is spelled crookedly (`/x/../y`) comes out straight.
    pub fn with_prefix(&self, from: &PathPrefix, to: &NewPrefix) -> Vec<u8> {
        if self.target == b"*" {
            return self.target.to_vec(); // OPTIONS for the whole server: there is no path to change
        }
        let from = from.as_str().trim_end_matches('/').as_bytes();
        let end = self.target.iter().position(|&byte| byte == b'?').unwrap_or(self.target.len());
        let (path, query) = self.target.split_at(end);
        let plain = self.path.strip_prefix(from).unwrap_or(&self.path);
        let mut target = to.as_str().trim_end_matches('/').as_bytes().to_vec();
        match path.strip_prefix(from) {
            Some(rest) if *plain_path(rest) == *plain => target.extend_from_slice(rest),
            Some(_) | None => plain.iter().for_each(|&byte| push_encoded(&mut target, byte)),
        }
        if target.is_empty() {
            target.push(b'/');
        }
        target.extend_from_slice(query);
        target
    }
}

/// `http://cafe.example/menu?day=1` without what stands before its path; any other target as it is.
fn origin_form(target: &[u8]) -> &[u8] {
    if target.starts_with(b"/") {
        return target;
    }
    let Some(colon) = target.windows(3).position(|bytes| bytes == b"://") else { return target };
    let authority = &target[colon + 3..];
    match authority.iter().position(|byte| b"/?#".contains(byte)) {
        Some(path) => &authority[path..],
        None => b"/",
    }
}

/// Writes one byte of a path, as `%41` where RFC 3986 3.3 has it so.
fn push_encoded(target: &mut Vec<u8>, byte: u8) {
    if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/".contains(&byte) {
        target.push(byte);
        return;
    }
    let digit = |value: u8| b"0123456789ABCDEF"[usize::from(value & 0x0f)];
    target.extend_from_slice(&[b'%', digit(byte >> 4), digit(byte)]);
}

/// An answer to the client in place of the upstream's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A whole response.
    Respond {
        /// The status code.
        status: u16,
        /// The fields, without those that frame the body: the proxy adds them.
        fields: FieldLines,
        /// The body; the proxy leaves it out where a response has none (HEAD).
        body: Vec<u8>,
    },
    /// A refusal; the proxy writes its page for it.
    Reject {
        /// The status code, 400 to 599.
        status: u16,
        /// Why, in words that a client may read.
        why: &'static str,
        /// For `Retry-After`: the seconds after which the client may try again.
        retry_after_s: Option<u64>,
    },
}

/// How often one filter had something to do, since the pipeline was built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterCount {
    /// The filter.
    pub name: &'static str,
    /// Requests that it ran for.
    pub ran: u64,
    /// Requests that it had nothing to do with.
    pub skipped: u64,
}
