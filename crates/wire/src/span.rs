//! A place inside a buffer, without a borrow of it.

/// A half-open range of bytes: `start` is the first byte, `end` is one past the last.
///
/// A span is `Copy` and borrows nothing, so the buffer that it points into may move while the
/// span is kept. A slice could not do that: `&head[0..3]` would pin `head` where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset one past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to, and without, `end`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span runs forwards");
        Self { start, end }
    }

    /// The bytes of `buffer` that this span names.
    ///
    /// # Panics
    /// When the span reaches past the end of `buffer`: it was made for another one.
    pub fn of(self, buffer: &[u8]) -> &[u8] {
        &buffer[self.start..self.end]
    }

    /// How many bytes the span covers.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span covers no byte at all.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}
