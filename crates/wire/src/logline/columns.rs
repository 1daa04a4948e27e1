//! Many entries as columns: one allocation for all values of a kind, and none for a line.
//!
//! A column is a plain buffer of numbers, so another language reads it without a conversion.

use std::net::IpAddr;

use super::LineError;

/// A log as a struct of arrays: the value at index `i` of each column belongs to the same entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// Who asked: 16 bytes in network order; see [`Columns::address`].
    pub client: Vec<[u8; 16]>,
    /// When, in seconds since the start of 1970, UTC.
    pub time: Vec<u64>,
    /// The status code.
    pub status: Vec<u16>,
    /// Bytes of the body.
    pub body_bytes: Vec<u64>,
    /// Microseconds.
    pub took_us: Vec<u64>,
    /// The request-target; empty when the line has no request.
    pub target: Texts,
    /// How many lines could not be read. They have no place in the columns.
    pub unreadable: u64,
    /// The first unreadable lines, at most [`Columns::MOST_ERRORS`]: the line's number, counted from 1, and the reason.
    pub errors: Vec<(u64, LineError)>,
}

impl Columns {
    /// How many unreadable lines are kept with their reasons; the others are only counted.
    pub const MOST_ERRORS: usize = 10;

    /// How many entries the columns hold.
    pub fn len(&self) -> usize {
        self.status.len()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.status.is_empty()
    }

    /// Counts the unreadable line `number`, and keeps the reason while there is room for it.
    pub fn refuse(&mut self, number: u64, error: LineError) {
        self.unreadable += 1;
        if self.errors.len() < Self::MOST_ERRORS {
            self.errors.push((number, error));
        }
    }

    /// An address as 16 bytes in network order. IPv4 stands in the last four of them, as `::ffff:192.0.2.7` (RFC 4291
    /// 2.5.5.2), so that every client takes the same room.
    pub fn address(client: IpAddr) -> [u8; 16] {
        match client {
            IpAddr::V4(address) => address.to_ipv6_mapped().octets(),
            IpAddr::V6(address) => address.octets(),
        }
    }
}

/// A column of texts in two buffers: the bytes of all of them one after the other, and where each one ends.
///
/// Text `i` lies between `offsets[i]` and `offsets[i + 1]`. This is the layout of Apache Arrow's LargeBinary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Texts {
    bytes: Vec<u8>,
    offsets: Vec<u64>,
}

impl Texts {
    /// Adds a copy of `text` at the end.
    pub fn push(&mut self, text: &[u8]) {
        self.bytes.extend_from_slice(text);
        self.offsets.push(self.bytes.len() as u64);
    }

    /// The texts in order, each as a view of the one buffer.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        self.offsets.windows(2).map(|pair| &self.bytes[pair[0] as usize..pair[1] as usize])
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.offsets.len() - 1
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The bytes of all texts.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Zero, and then where each text ends: one number more than there are texts.
    pub fn offsets(&self) -> &[u64] {
        &self.offsets
    }
}

impl Default for Texts {
    fn default() -> Self {
        Self { bytes: Vec::new(), offsets: vec![0] }
    }
}
