//! The search for a byte, sixteen bytes at a time.
//!
//! Every byte of a head is looked at, so this is where a proxy spends its own time. A loop that stops at the first
//! match looks at one byte after the other. A loop that looks at a whole block before it decides is turned into
//! vector instructions by the compiler, and needs no `unsafe` for it.

const BLOCK: usize = 16;

/// Where the first byte stands for which `wanted` holds. Quick when `wanted` is a few comparisons, joined by `|`
/// and `&`; a look into a table can't be done for a whole block at once.
#[inline]
pub(crate) fn position(bytes: &[u8], wanted: impl Fn(u8) -> bool) -> Option<usize> {
    let is_there = |block: &[u8; BLOCK]| block.iter().fold(false, |found, &byte| found | wanted(byte));
    let mut start = 0;
    while let Some(block) = bytes[start..].first_chunk() {
        if is_there(block) {
            break;
        }
        start += BLOCK;
    }
    // What is left is shorter than a block. The last block of all covers it, and some bytes that we know.
    if bytes.len() - start < BLOCK && bytes.last_chunk().is_some_and(|block| !is_there(block)) {
        return None;
    }
    let at = bytes[start..].iter().position(|&byte| wanted(byte))?;
    Some(start + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_first_one_wherever_it_stands() {
        for length in 0..70 {
            let nothing = vec![b'.'; length];
            assert_eq!(position(&nothing, |byte| byte == b'x'), None, "{length} bytes");
            for first in 0..length {
                let mut bytes = nothing.clone();
                bytes[first] = b'x';
                bytes[length - 1] = b'x';
                assert_eq!(position(&bytes, |byte| byte == b'x'), Some(first), "{first} of {length}");
            }
        }
    }
}
