//! Part 01, `request`: a byte buffer becomes one owned request head, handed on stage by stage.
//!
//! Owns nothing between two calls. Each function takes the bytes from the stage before it and gives them
//! to the stage after it, so that at any moment one variable owns them:
//!
//! ```text
//! socket -> buffer -> cut -> head -> parse -> RequestHead -> hand_on -> upstream -> recycle -> buffer
//! ```
//!
//! The grammar of a head is scaffolding (`wire::syntax`): your work is to say who owns what.

#![allow(unused)] // delete this line when your last todo!() is gone

use wire::{Cut, Fault, FieldSpan, Handed, Limits, Note, ParseError, RequestHead, syntax};

/// Cuts the head off the front of `buffer`.
///
/// Empty lines before the request line are dropped (RFC 9112 2.2). Without a blank line yet, the same
/// buffer comes back in [`Cut::Partial`]; no byte is copied. With one, either the head or the rest stays
/// where it is, and only the other is copied.
///
/// # Errors
/// [`Fault::HeadTooLong`] as soon as the head cannot fit into `limits.head` bytes.
pub fn cut(mut buffer: Vec<u8>, limits: &Limits) -> Result<Cut, ParseError> {
    buffer.drain(..syntax::leading_empty_lines(&buffer));
    let too_long = ParseError::new(Fault::HeadTooLong { limit: limits.head }, limits.head);
    todo!("ask syntax::end_of_head where the head ends; give back the whole buffer, or the head and the rest")
}

/// Turns the bytes of a complete head into a [`RequestHead`], which owns them from then on.
///
/// # Errors
/// The first fault in reading order, with its offset in `head`.
pub fn parse(head: Vec<u8>, limits: &Limits) -> Result<RequestHead, ParseError> {
    let mut lines = syntax::line_spans(&head)?.into_iter();
    let line = syntax::request_line(&head, lines.next(), limits.target)?;
    let mut fields: Vec<FieldSpan> = Vec::new();
    todo!("read every line that is left with syntax::field_line, then move the bytes into a RequestHead")
}

/// Hands the request on: the head moves to the stage that forwards it, a note stays behind for the access log.
///
/// The log is written when the response has ended. By then the head is long gone, so the note owns
/// copies of the two words that the log prints, and of nothing else.
pub fn hand_on(head: RequestHead) -> Handed {
    todo!("copy the method and the target into a Note that owns them, then move the head into Handed")
}

/// The buffer for the next request on this connection, when this one is over.
///
/// `rest` holds the bytes that came after the head and that nobody has used yet. Are there any, they are
/// the next request, and go first. Are there none, the head's own allocation serves again, emptied.
/// Either way it is one of the two buffers that came in: nothing is allocated.
pub fn recycle(head: RequestHead, rest: Vec<u8>) -> Vec<u8> {
    todo!("give back rest when it holds bytes; otherwise take the head's buffer, empty it and give it back")
}
