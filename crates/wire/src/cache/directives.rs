//! Cache-Control, read once into plain values (RFC 9111 5.2).

use crate::{Fields, Known};

/// The directives that this cache acts on. A directive that comes twice counts as it came first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Directives {
    /// `no-store`.
    pub no_store: bool,
    /// `no-cache`, with or without the names of fields; in a request without Cache-Control, `Pragma: no-cache`.
    pub no_cache: bool,
    /// `private`, with or without the names of fields.
    pub private: bool,
    /// `public`.
    pub public: bool,
    /// `must-revalidate`.
    pub must_revalidate: bool,
    /// `only-if-cached`.
    pub only_if_cached: bool,
    /// `max-age`, in seconds.
    pub max_age_s: Option<u64>,
    /// `s-maxage`, in seconds.
    pub s_maxage_s: Option<u64>,
    /// `min-fresh`, in seconds.
    pub min_fresh_s: Option<u64>,
}

impl Directives {
    /// What the Cache-Control lines among `fields` say.
    pub fn of(fields: Fields<'_>) -> Self {
        let mut found = Self::default();
        for line in fields.of(Known::CacheControl) {
            let mut rest = line.value;
            while !rest.is_empty() {
                let directive;
                (directive, rest) = cut_at_comma(rest);
                found.add(directive);
            }
        }
        found
    }

    fn add(&mut self, directive: &[u8]) {
        let (name, value) = match directive.iter().position(|&byte| byte == b'=') {
            Some(at) => (directive[..at].trim_ascii(), directive[at + 1..].trim_ascii()),
            None => (directive.trim_ascii(), b"".as_slice()),
        };
        let is = |known: &str| name.eq_ignore_ascii_case(known.as_bytes());
        // A number that cannot be read says nothing good about the answer: zero makes it stale (RFC 9111 4.2.1).
        let seconds = || seconds(value).unwrap_or(0);
        match name.len() {
            6 if is("public") => self.public = true,
            7 if is("private") => self.private = true,
            7 if is("max-age") => _ = self.max_age_s.get_or_insert_with(seconds),
            8 if is("no-store") => self.no_store = true,
            8 if is("no-cache") => self.no_cache = true,
            8 if is("s-maxage") => _ = self.s_maxage_s.get_or_insert_with(seconds),
            9 if is("min-fresh") => _ = self.min_fresh_s.get_or_insert_with(seconds),
            14 if is("only-if-cached") => self.only_if_cached = true,
            15 if is("must-revalidate") => self.must_revalidate = true,
            _ => {}
        }
    }
}

/// Delta-seconds, as a token or quoted; what does not fit is as good as for ever (RFC 9111 1.2.2).
pub(super) fn seconds(value: &[u8]) -> Option<u64> {
    let digits = value.strip_prefix(b"\"").and_then(|value| value.strip_suffix(b"\"")).unwrap_or(value);
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    const FOR_EVER: u64 = 1 << 31;
    let sum = digits.iter().fold(0_u64, |sum, byte| (sum * 10 + u64::from(byte - b'0')).min(FOR_EVER));
    Some(sum)
}

/// The bytes before the first comma that is not in a quoted string, and the bytes after it.
fn cut_at_comma(value: &[u8]) -> (&[u8], &[u8]) {
    let (mut quoted, mut escaped) = (false, false);
    for (at, &byte) in value.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b',' if !quoted => return (&value[..at], &value[at + 1..]),
            _ => {}
        }
    }
    (value, b"")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FieldLines;

    fn of(lines: &[&str]) -> Directives {
        let mut fields = FieldLines::new();
        for line in lines {
            fields.push(b"Cache-Control", line.as_bytes()).expect("a good field");
        }
        Directives::of(fields.as_fields())
    }

    #[test]
    fn reads_directives_over_lines_in_any_case() {
        let got = of(&["Max-Age=60, PUBLIC", ", s-maxage = \"30\"", "no-cache"]);
        let expected = Directives {
            max_age_s: Some(60),
            s_maxage_s: Some(30),
            public: true,
            no_cache: true,
            ..Directives::default()
        };
        assert_eq!(got, expected);
    }

    #[test]
    fn a_comma_in_quotes_divides_nothing() {
        let got = of(&[r#"private="set-cookie, no-store", no-cache="a\", public""#]);
        assert_eq!(got, Directives { private: true, no_cache: true, ..Directives::default() });
    }

    #[test]
    fn the_first_number_counts_and_a_bad_one_is_zero() {
        for (line, expected) in [
            ("max-age=5, max-age=9", 5),
            ("max-age=-1", 0),
            ("max-age=1.5", 0),
            ("max-age", 0),
            ("max-age=\"\"", 0),
            ("max-age=99999999999999999999999", 1 << 31),
        ] {
            assert_eq!(of(&[line]).max_age_s, Some(expected), "{line}");
        }
    }
}
