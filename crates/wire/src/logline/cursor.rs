//! A place in a log line, and what can be read from there.
//!
//! What it gives is a view of the line: nothing is copied here, and nothing is unescaped.

use std::net::IpAddr;
use std::str;

use super::spell;
use super::{LineError, LineFault};

/// Reads a line word by word, and knows at which byte it stands.
#[derive(Clone, Debug)]
pub struct Cursor<'a> {
    line: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    /// The start of `line`, which is given without its LF.
    pub fn new(line: &'a [u8]) -> Self {
        Self { line, at: 0 }
    }

    /// The offset of the next byte, counted from the start of the line.
    pub fn offset(&self) -> usize {
        self.at
    }

    /// Reads an IP address.
    ///
    /// # Errors
    /// [`LineFault::Client`] when the word is anything else.
    pub fn address(&mut self) -> Result<IpAddr, LineError> {
        let (word, offset) = self.word();
        let address = str::from_utf8(word).ok().and_then(|word| word.parse().ok());
        address.ok_or(LineError::new(LineFault::Client, offset))
    }

    /// Skips the two words that stand between the address and the time, and that we do not use.
    ///
    /// # Errors
    /// [`LineFault::Identity`] when one of them is missing.
    pub fn identity(&mut self) -> Result<(), LineError> {
        for _ in 0..2 {
            let (word, offset) = self.word();
            if word.is_empty() || word.starts_with(b"[") {
                return Err(LineError::new(LineFault::Identity, offset));
            }
        }
        Ok(())
    }

    /// Reads a time in square brackets, as seconds since the start of 1970, UTC.
    ///
    /// # Errors
    /// [`LineFault::Time`] when it is not written as the log writes it, or is no moment of the calendar.
    pub fn time(&mut self) -> Result<u64, LineError> {
        let fault = LineError::new(LineFault::Time, self.at);
        let text = self.between(b'[', b']').ok_or(fault)?;
        spell::read_time(text).ok_or(fault)
    }

    /// Reads a text between two quotes, still escaped; gives it with the offset of its first byte.
    ///
    /// # Errors
    /// [`LineFault::Quote`] when one of the quotes is missing.
    pub fn quoted(&mut self) -> Result<(&'a [u8], usize), LineError> {
        let offset = self.at;
        let text = self.between(b'"', b'"').ok_or(LineError::new(LineFault::Quote, offset))?;
        Ok((text, offset + 1))
    }

    /// Reads a number, at most `most`; anything else is `fault`.
    ///
    /// # Errors
    /// The `fault` that was asked for, at the start of the word.
    pub fn number(&mut self, most: u64, fault: LineFault) -> Result<u64, LineError> {
        let (word, offset) = self.word();
        spell::read_number(word).filter(|value| *value <= most).ok_or(LineError::new(fault, offset))
    }

    /// Reads a number of 64 bits for which other servers write `-` when it is zero.
    ///
    /// # Errors
    /// The `fault` that was asked for, at the start of the word.
    pub fn number_or_dash(&mut self, fault: LineFault) -> Result<u64, LineError> {
        let mut ahead = self.clone();
        if ahead.word().0 == b"-" {
            *self = ahead;
            return Ok(0);
        }
        self.number(u64::MAX, fault)
    }

    /// Makes sure that the line ends here.
    ///
    /// # Errors
    /// [`LineFault::End`] when it goes on.
    pub fn end(self) -> Result<(), LineError> {
        if self.at == self.line.len() { Ok(()) } else { Err(LineError::new(LineFault::End, self.at)) }
    }

    /// The next word and its offset. The one space after the word is skipped, but not at the end of the line: a line
    /// that ends in a space has one word more, an empty one.
    fn word(&mut self) -> (&'a [u8], usize) {
        let offset = self.at;
        let rest = &self.line[offset..];
        let length = rest.iter().position(|byte| *byte == b' ').unwrap_or(rest.len());
        self.skip_to(offset + length);
        (&rest[..length], offset)
    }

    /// What stands between `open`, which has to be the next byte, and the next `close`.
    fn between(&mut self, open: u8, close: u8) -> Option<&'a [u8]> {
        let rest = self.line[self.at..].strip_prefix(&[open])?;
        let length = rest.iter().position(|byte| *byte == close)?;
        match rest.get(length + 1) {
            None | Some(b' ') => {
                self.skip_to(self.at + length + 2);
                Some(&rest[..length])
            }
            Some(_) => None,
        }
    }

    /// Goes to the end of a word, and over the space behind it when a word follows.
    fn skip_to(&mut self, end: usize) {
        self.at = if end + 1 < self.line.len() { end + 1 } else { end };
    }
}
