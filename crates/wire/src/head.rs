//! Message heads that own their bytes.

use crate::known::{Known, Present};
use crate::{Fields, ParseError, Span, syntax};

/// The HTTP versions that we speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// HTTP/1.0: one request a connection unless both sides ask for more.
    Http10,
    /// HTTP/1.1, and any later 1.x, which RFC 9110 2.5 tells us to treat as the highest we know.
    Http11,
}

/// The three words of a request line, as places in the head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestLine {
    /// The method, as the client spelled it.
    pub method: Span,
    /// The request-target, as the client spelled it.
    pub target: Span,
    /// The version.
    pub version: Version,
}

/// The words of a status line, as places in the head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatusLine {
    /// The version.
    pub version: Version,
    /// The status code, 100 to 599.
    pub status: u16,
    /// The reason phrase, which may be empty.
    pub reason: Span,
}

/// One field line, as two places in the head. White space around the value is not part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldSpan {
    /// The field name, as it was spelled.
    pub name: Span,
    /// The field value, without the white space around it.
    pub value: Span,
    /// Which name it is, if it is one that means something to a proxy.
    pub known: Option<Known>,
}

/// What cutting a buffer at its blank line gave. Either way, the bytes have one owner afterwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cut {
    /// The blank line is there.
    Complete {
        /// The head, its blank line included.
        head: Vec<u8>,
        /// What came after the head: the start of the body, or of the next request.
        rest: Vec<u8>,
    },
    /// The blank line is not there yet: the buffer goes back to whoever reads the socket.
    Partial(Vec<u8>),
}

/// A request head that owns its bytes; everything else in it is a place in those bytes.
///
/// It is not `Clone`: a request has one owner, and the proxy hands that ownership on.
#[derive(Debug, PartialEq, Eq)]
pub struct RequestHead {
    bytes: Vec<u8>,
    line: RequestLine,
    fields: Vec<FieldSpan>,
    present: Present,
}

impl RequestHead {
    /// A head made of `bytes`, and of the spans that point into them.
    pub fn new(bytes: Vec<u8>, line: RequestLine, fields: Vec<FieldSpan>) -> Self {
        let present = present(&fields);
        Self { bytes, line, fields, present }
    }

    /// The method, as the client spelled it.
    pub fn method(&self) -> &[u8] {
        self.line.method.of(&self.bytes)
    }

    /// The request-target, as the client spelled it.
    pub fn target(&self) -> &[u8] {
        self.line.target.of(&self.bytes)
    }

    /// The version.
    pub fn version(&self) -> Version {
        self.line.version
    }

    /// The fields in the order in which they came, each a name and a value.
    pub fn fields(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        fields_of(&self.fields, &self.bytes)
    }

    /// The fields with the known names found, as a view that parts and proxy pass around.
    pub fn as_fields(&self) -> Fields<'_> {
        Fields::new(&self.bytes, &self.fields, self.present)
    }

    /// The whole head as it came, its blank line included.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Gives up the head and keeps its buffer, so that the allocation can serve again.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

/// What the access log needs, and nothing more. It outlives the request, so it owns copies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The method; bytes that are not UTF-8 are replaced.
    pub method: String,
    /// The request-target; bytes that are not UTF-8 are replaced.
    pub target: String,
}

/// A request on its way to the upstream: the head has moved in, the note stays for the log.
#[derive(Debug, PartialEq, Eq)]
pub struct Handed {
    /// Kept for the access log until the response has ended.
    pub note: Note,
    /// Owned by the stage that forwards it.
    pub head: RequestHead,
}

/// A response head that owns its bytes.
#[derive(Debug, PartialEq, Eq)]
pub struct ResponseHead {
    bytes: Vec<u8>,
    line: StatusLine,
    fields: Vec<FieldSpan>,
    present: Present,
}

impl ResponseHead {
    /// Reads a complete response head, blank line included.
    ///
    /// # Errors
    /// The first fault, with its offset.
    pub fn parse(bytes: Vec<u8>, most_fields: usize) -> Result<Self, ParseError> {
        let mut lines = syntax::line_spans(&bytes)?.into_iter();
        let line = syntax::status_line(&bytes, lines.next())?;
        let fields = syntax::field_lines(&bytes, lines, most_fields)?;
        let present = present(&fields);
        Ok(Self { bytes, line, fields, present })
    }

    /// The version.
    pub fn version(&self) -> Version {
        self.line.version
    }

    /// The status code, 100 to 599.
    pub fn status(&self) -> u16 {
        self.line.status
    }

    /// The reason phrase, which may be empty.
    pub fn reason(&self) -> &[u8] {
        self.line.reason.of(&self.bytes)
    }

    /// The fields in the order in which they came, each a name and a value.
    pub fn fields(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        fields_of(&self.fields, &self.bytes)
    }

    /// The fields with the known names found, as a view that parts and proxy pass around.
    pub fn as_fields(&self) -> Fields<'_> {
        Fields::new(&self.bytes, &self.fields, self.present)
    }

    /// Gives up the head and keeps its buffer, so that the allocation can serve again.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

fn fields_of<'a>(fields: &'a [FieldSpan], bytes: &'a [u8]) -> impl Iterator<Item = (&'a [u8], &'a [u8])> {
    fields.iter().map(|field| (field.name.of(bytes), field.value.of(bytes)))
}

fn present(fields: &[FieldSpan]) -> Present {
    let mut present = Present::default();
    fields.iter().for_each(|field| present.add(field.known));
    present
}
