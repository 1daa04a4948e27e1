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
    // exercise: begin cut
    match syntax::end_of_head(&buffer) {
        Some(end) if end > limits.head => Err(too_long),
        Some(end) => {
            let rest = buffer.split_off(end);
            Ok(Cut::Complete { head: buffer, rest })
        }
        None if buffer.len() > limits.head => Err(too_long),
        None => Ok(Cut::Partial(buffer)),
    }
    // exercise: stub
    // todo!("ask syntax::end_of_head where the head ends; give back the whole buffer, or the head and the rest")
    // exercise: end
}

/// Turns the bytes of a complete head into a [`RequestHead`], which owns them from then on.
///
/// # Errors
/// The first fault in reading order, with its offset in `head`.
pub fn parse(head: Vec<u8>, limits: &Limits) -> Result<RequestHead, ParseError> {
    let mut lines = syntax::line_spans(&head)?.into_iter();
    let line = syntax::request_line(&head, lines.next(), limits.target)?;
    let mut fields: Vec<FieldSpan> = Vec::new();
    // exercise: begin parse
    for field in lines {
        if fields.len() == limits.fields {
            return Err(ParseError::new(Fault::TooManyFields { limit: limits.fields }, field.start));
        }
        fields.push(syntax::field_line(&head, field)?);
    }
    Ok(RequestHead::new(head, line, fields))
    // exercise: stub
    // todo!("read every line that is left with syntax::field_line, then move the bytes into a RequestHead")
    // exercise: end
}

/// Hands the request on: the head moves to the stage that forwards it, a note stays behind for the access log.
///
/// The log is written when the response has ended. By then the head is long gone, so the note owns
/// copies of the two words that the log prints, and of nothing else.
pub fn hand_on(head: RequestHead) -> Handed {
    // exercise: begin hand_on
    let note = Note {
        method: String::from_utf8_lossy(head.method()).into_owned(),
        target: String::from_utf8_lossy(head.target()).into_owned(),
    };
    Handed { note, head }
    // exercise: stub
    // todo!("copy the method and the target into a Note that owns them, then move the head into Handed")
    // exercise: end
}

/// The buffer for the next request on this connection, when this one is over.
///
/// `rest` holds the bytes that came after the head and that nobody has used yet. Are there any, they are
/// the next request, and go first. Are there none, the head's own allocation serves again, emptied.
/// Either way it is one of the two buffers that came in: nothing is allocated.
pub fn recycle(head: RequestHead, rest: Vec<u8>) -> Vec<u8> {
    // exercise: begin recycle
    if !rest.is_empty() {
        return rest;
    }
    let mut buffer = head.into_bytes();
    buffer.clear();
    buffer
    // exercise: stub
    // todo!("give back rest when it holds bytes; otherwise take the head's buffer, empty it and give it back")
    // exercise: end
}
