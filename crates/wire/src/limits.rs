//! How much of a message we are willing to hold.

/// Upper bounds on one message head. Every one of them has a name and a default,
/// so that a refusal can say which was reached (RFC 9110 2.3 asks for limits, section 17.5 says why).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes in a whole head, the blank line included. Default: 16 KiB. Reached: 431.
    pub head: usize,
    /// Bytes in a request-target. Default: 8,000, the least that RFC 9112 3 recommends to support. Reached: 414.
    pub target: usize,
    /// Field lines in a head. Default: 100. Reached: 431.
    pub fields: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { head: 16 * 1024, target: 8_000, fields: 100 }
    }
}
