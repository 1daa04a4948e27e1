//! Fields of a head, to look at: whoever has a [`Fields`] borrows the head and copies nothing.
//!
//! Leaves out what the fields mean (part 02, `headers`).

use crate::known::{Known, Present};
use crate::{Fault, FieldSpan, ParseError, Span, syntax};
use std::slice;

/// One field line, borrowed from its head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field<'a> {
    /// The name as it was spelled.
    pub name: &'a [u8],
    /// The value, without the white space around it.
    pub value: &'a [u8],
    /// Which name it is, if it is one that means something to a proxy.
    pub known: Option<Known>,
    /// The line as it came, from the name's first byte to the value's last.
    line: &'a [u8],
}

impl<'a> Field<'a> {
    fn at(span: &FieldSpan, bytes: &'a [u8]) -> Self {
        let line = Span::new(span.name.start, span.value.end).of(bytes);
        Self { name: span.name.of(bytes), value: span.value.of(bytes), known: span.known, line }
    }

    /// Appends the field line to `out`: name, colon, one space, value, CRLF.
    ///
    /// Nearly every client writes its lines like that, and such a line is copied in one piece.
    pub fn write(&self, out: &mut Vec<u8>) {
        let is_usual = self.line.len() == self.name.len() + 2 + self.value.len()
            && self.line[self.name.len()..].starts_with(b": ");
        if is_usual {
            out.extend_from_slice(self.line);
        } else {
            [self.name, b": ", self.value].iter().for_each(|piece| out.extend_from_slice(piece));
        }
        out.extend_from_slice(b"\r\n");
    }
}

/// The fields of one head, in the order in which they came.
///
/// It is a view: `Copy`, five machine words, and good for as long as the head `'a` is.
#[derive(Clone, Copy, Debug)]
pub struct Fields<'a> {
    bytes: &'a [u8],
    spans: &'a [FieldSpan],
    present: Present,
}

impl<'a> Fields<'a> {
    pub(crate) fn new(bytes: &'a [u8], spans: &'a [FieldSpan], present: Present) -> Self {
        Self { bytes, spans, present }
    }

    /// Every field line, in order. What it gives borrows from the head, not from this view.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = Field<'a>> + ExactSizeIterator + Clone {
        let Self { bytes, spans, .. } = self;
        spans.iter().map(move |span| Field::at(span, bytes))
    }

    /// The field lines with this name, in order. Where there is none, no line is looked at.
    pub fn of(self, known: Known) -> Lines<'a> {
        let spans = if self.present.has(known) { self.spans } else { &[] };
        Lines { bytes: self.bytes, spans: spans.iter(), known }
    }

    /// Whether there is a field line with this name. Looks at no line.
    pub fn has(self, known: Known) -> bool {
        self.present.has(known)
    }

    /// How many field lines there are.
    pub fn len(self) -> usize {
        self.spans.len()
    }

    /// Whether there is no field line at all.
    pub fn is_empty(self) -> bool {
        self.spans.is_empty()
    }
}

/// The field lines with one name: what [`Fields::of`] gives.
#[derive(Clone, Debug)]
pub struct Lines<'a> {
    bytes: &'a [u8],
    spans: slice::Iter<'a, FieldSpan>,
    known: Known,
}

impl<'a> Iterator for Lines<'a> {
    type Item = Field<'a>;

    fn next(&mut self) -> Option<Field<'a>> {
        let known = Some(self.known);
        self.spans.find(|span| span.known == known).map(|span| Field::at(span, self.bytes))
    }
}

/// Field lines that own their bytes, for whoever makes fields or keeps them longer than their head.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldLines {
    bytes: Vec<u8>,
    spans: Vec<FieldSpan>,
    present: Present,
}

impl FieldLines {
    /// No field line yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a field line. White space around the value is left out.
    ///
    /// # Errors
    /// [`Fault::FieldName`] when the name is not a token, [`Fault::FieldValue`] when the value holds a control
    /// byte. Nothing has been added then.
    pub fn push(&mut self, name: &[u8], value: &[u8]) -> Result<(), ParseError> {
        if name.is_empty() || !name.iter().copied().all(syntax::is_token_byte) {
            return Err(ParseError::new(Fault::FieldName, 0));
        }
        let start = self.bytes.len();
        for piece in [name, b": ", value] {
            self.bytes.extend_from_slice(piece);
        }
        match syntax::field_line(&self.bytes, Span::new(start, self.bytes.len())) {
            Ok(span) => {
                self.bytes.extend_from_slice(b"\r\n");
                self.present.add(span.known);
                self.spans.push(span);
                Ok(())
            }
            Err(error) => {
                self.bytes.truncate(start);
                Err(ParseError::new(error.fault, error.offset - start))
            }
        }
    }

    /// A view of these fields.
    pub fn as_fields(&self) -> Fields<'_> {
        Fields::new(&self.bytes, &self.spans, self.present)
    }

    /// The lines as they are written in a head, each with its CRLF.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(fields: &[(&str, &str)]) -> FieldLines {
        let mut lines = FieldLines::new();
        for (name, value) in fields {
            lines.push(name.as_bytes(), value.as_bytes()).expect("a good field");
        }
        lines
    }

    #[test]
    fn a_view_gives_fields_that_outlive_it() {
        let lines = lines(&[("Host", "cafe.example"), ("X-Table", " 7 ")]);
        let last = {
            let view = lines.as_fields();
            view.iter().next_back()
        };
        let last = last.expect("two fields");
        assert_eq!((last.name, last.value, last.known), (b"X-Table".as_slice(), b"7".as_slice(), None));
        assert_eq!(lines.as_bytes(), b"Host: cafe.example\r\nX-Table:  7 \r\n");
    }

    #[test]
    fn a_line_is_written_in_the_usual_way_however_it_came() {
        for (value, expected) in [("7", "A: 7\r\n"), ("\t7", "A: 7\r\n"), (" 7 \t", "A: 7\r\n"), ("", "A: \r\n")] {
            let lines = lines(&[("A", value)]);
            let mut out = Vec::new();
            lines.as_fields().iter().for_each(|field| field.write(&mut out));
            assert_eq!(out.escape_ascii().to_string(), expected.as_bytes().escape_ascii().to_string(), "{value:?}");
        }
        for line in ["A:7", "A:\t7", "A:  7"] {
            let span = syntax::field_line(line.as_bytes(), Span::new(0, line.len())).expect("a good line");
            let mut out = Vec::new();
            Field::at(&span, line.as_bytes()).write(&mut out);
            assert_eq!(out, b"A: 7\r\n", "{line:?}");
        }
    }

    #[test]
    fn of_gives_each_line_with_a_name_and_no_other() {
        let lines = lines(&[("via", "1.1 a"), ("Host", "h"), ("VIA", "1.1 b")]);
        let fields = lines.as_fields();
        let values: Vec<_> = fields.of(Known::Via).map(|field| field.value).collect();
        assert_eq!(values, [b"1.1 a", b"1.1 b"]);
        assert_eq!((fields.has(Known::Via), fields.has(Known::Age), fields.len()), (true, false, 3));
        assert_eq!(fields.of(Known::Age).count(), 0);
        assert!(!fields.is_empty() && FieldLines::new().as_fields().is_empty());
    }

    #[test]
    fn a_bad_field_adds_nothing() {
        let mut lines = lines(&[("A", "b")]);
        let before = lines.clone();
        for (name, value, fault, offset) in [
            ("", "x", Fault::FieldName, 0),
            ("a:b", "x", Fault::FieldName, 0),
            ("a b", "x", Fault::FieldName, 0),
            (" a", "x", Fault::FieldName, 0),
            ("a", "x\r\ny: z", Fault::FieldValue, 4),
            ("a", "\0", Fault::FieldValue, 3),
        ] {
            let got = lines.push(name.as_bytes(), value.as_bytes());
            assert_eq!(got, Err(ParseError::new(fault, offset)), "{name:?}: {value:?}");
            assert_eq!(lines, before, "{name:?}: {value:?}");
        }
    }
}
