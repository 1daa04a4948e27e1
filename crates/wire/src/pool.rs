//! The words of the pool of upstream connections: what it needs of a connection, its bounds, its counts.
//!
//! Owns no connection and no clock: times are milliseconds on a monotonic clock that starts with the proxy.

/// What a pool needs of a connection. In the proxy it is a socket; in tests it is a number.
pub trait Pooled {
    /// Whether nothing has come on it that nobody has read: neither bytes, which would belong to no request, nor its end.
    fn is_quiet(&self, look: Look) -> bool;
}

/// How closely to look at a connection that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// What the event loop heard last: it costs nothing, and may be a moment old.
    Quick,
    /// One system call more. For a request that cannot be sent twice, that is cheaper than an error.
    Sure,
}

/// Bounds of a pool. Reaching one is no error: a request waits, or a connection is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoolLimits {
    /// Connections that are lent at one time; with the idle ones, no more are ever open. Default: 1,024, at least 1.
    /// Reached: the next request waits for its turn.
    pub connections: usize,
    /// Idle connections that are kept. Default: 256. Reached: the next one is closed.
    pub idle: usize,
    /// Milliseconds that a connection may stay idle and be lent again. Default: 50 s, less than the 60 s after
    /// which common servers close. Passed: it is closed.
    pub idle_ms: u64,
}

impl Default for PoolLimits {
    fn default() -> Self {
        Self { connections: 1_024, idle: 256, idle_ms: 50_000 }
    }
}

/// What a pool has done since it was made, and what it holds now.
///
/// Each open connection is somewhere: while nothing is being dialled, `connects = discards + idle + lent`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PoolCounts {
    /// Connections that were opened.
    pub connects: u64,
    /// Times that an idle connection was lent again.
    pub reuses: u64,
    /// Connections that were closed: dirty, dead, too long idle, or one too many.
    pub discards: u64,
    /// Requests that found every place taken, and queued for one.
    pub waits: u64,
    /// Connections that wait to be lent, now.
    pub idle: usize,
    /// Places that are taken, now: connections that are lent or being dialled.
    pub lent: usize,
}
