//! The search for a byte, eight bytes at a time.
//!
//! Every byte of a head is looked at, so this is where a proxy spends its own time. Eight bytes fit into one number,
//! and a few operations on that number answer for all eight of them whether they are the wanted ones. (The trick is
//! known as SWAR, "SIMD within a register". It needs no `unsafe`, and no instruction that only some processors have.)

const BYTES: usize = size_of::<u64>();
/// The highest bit of each byte. An answer has its marks there.
const HIGHEST: u64 = splat(0x80);
/// All other bits of each byte. What is added to them does not run over into the next byte.
const OTHERS: u64 = splat(0x7f);

/// `byte`, eight times.
const fn splat(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; BYTES])
}

/// Eight bytes of a text.
#[derive(Clone, Copy)]
pub(crate) struct Word(u64);

impl Word {
    /// Marks each byte that is `byte`.
    #[inline]
    pub(crate) fn is(self, byte: u8) -> u64 {
        let differs = self.0 ^ splat(byte);
        !(((differs & OTHERS) + OTHERS) | differs) & HIGHEST
    }

    /// Marks each byte that is smaller than `bound`, which is 128 at the most.
    #[inline]
    pub(crate) fn below(self, bound: u8) -> u64 {
        !(((self.0 & OTHERS) + splat(0x80 - bound)) | self.0) & HIGHEST
    }
}

/// Where the first byte stands that `marked` marks.
#[inline]
pub(crate) fn position(bytes: &[u8], marked: impl Fn(Word) -> u64) -> Option<usize> {
    // The first byte of the text is the lowest of the number, so that its mark is the first from below.
    let first = |word: &[u8; BYTES]| {
        let marks = marked(Word(u64::from_le_bytes(*word)));
        (marks != 0).then(|| marks.trailing_zeros() as usize / 8)
    };
    let mut start = 0;
    while let Some(word) = bytes[start..].first_chunk() {
        if let Some(at) = first(word) {
            return Some(start + at);
        }
        start += BYTES;
    }
    let rest = &bytes[start..];
    if rest.is_empty() {
        return None;
    }
    if let Some(last) = bytes.last_chunk() {
        // The last word of all covers the rest, and before it some bytes that have no mark.
        return first(last).map(|at| bytes.len() - BYTES + at);
    }
    let mut word = [0; BYTES];
    word[..rest.len()].copy_from_slice(rest);
    first(&word).filter(|&at| at < rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_first_one_wherever_it_stands() {
        for length in 0..40 {
            let nothing = vec![b'.'; length];
            assert_eq!(position(&nothing, |word| word.is(b'x')), None, "{length} bytes");
            for first in 0..length {
                let mut bytes = nothing.clone();
                bytes[first] = b'x';
                bytes[length - 1] = b'x';
                assert_eq!(position(&bytes, |word| word.is(b'x')), Some(first), "{first} of {length}");
            }
        }
    }

    #[test]
    fn a_byte_is_marked_for_its_own_sake_whatever_stands_around_it() {
        for byte in 0..=255 {
            for neighbour in [0, 1, b'\t', 0x1f, b' ', b'!', 0x7e, 0x7f, 0x80, 0x81, 0xff] {
                for at in 0..BYTES {
                    let mut bytes = [neighbour; BYTES];
                    bytes[at] = byte;
                    let word = Word(u64::from_le_bytes(bytes));
                    let is_marked = |marks: u64| marks >> (8 * at) & 0x80 != 0;
                    for bound in [0, 1, b' ', b'!', 0x7f, 0x80] {
                        assert_eq!(is_marked(word.is(bound)), byte == bound, "{bytes:?}: is {bound}");
                        assert_eq!(is_marked(word.below(bound)), byte < bound, "{bytes:?}: below {bound}");
                        assert_eq!((word.is(bound) | word.below(bound)) & OTHERS, 0, "a mark is one bit");
                    }
                }
            }
        }
    }
}
