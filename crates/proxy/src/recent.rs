//! The newest lines of the access log, kept in memory for `/report`, whether or not they are written anywhere.

use std::sync::{Mutex, PoisonError};

/// Bytes in one half. When the newer half is full, the older one goes: about 5,000 to 20,000 lines stay.
const HALF: usize = 1024 * 1024;

/// Lines, the oldest first.
#[derive(Debug, Default)]
pub(crate) struct Recent {
    /// The older half and the newer one. Shared by all connections; held only while a line is copied.
    halves: Mutex<[Vec<u8>; 2]>,
}

impl Recent {
    /// Keeps a line, its end included.
    pub(crate) fn keep(&self, line: &[u8]) {
        let mut halves = self.halves.lock().unwrap_or_else(PoisonError::into_inner);
        if halves[1].len() + line.len() > HALF {
            let [older, newer] = &mut *halves;
            std::mem::swap(older, newer);
            newer.clear();
        }
        halves[1].extend_from_slice(line);
    }

    /// What is kept now.
    pub(crate) fn text(&self) -> Vec<u8> {
        self.halves.lock().unwrap_or_else(PoisonError::into_inner).concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_lines_stay_whole_and_in_order() {
        let recent = Recent::default();
        let lines: Vec<String> = (0..300_000).map(|number| format!("line {number}\n")).collect();
        lines.iter().for_each(|line| recent.keep(line.as_bytes()));
        let kept = recent.text();
        assert!((HALF..=2 * HALF).contains(&kept.len()), "{} bytes", kept.len());
        assert!(lines.concat().as_bytes().ends_with(&kept));
        assert!(kept.starts_with(b"line "));
    }
}
