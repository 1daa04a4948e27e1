//! The few facts of a response head that frame its body.

/// What the last transfer coding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Coding {
    Chunked,
    /// Any other; its end is the end of the connection.
    Other,
}

/// The facts of one head.
#[derive(Debug)]
pub(crate) struct Head {
    pub(crate) status: u16,
    pub(crate) keeps_alive: bool,
    pub(crate) coding: Option<Coding>,
    pub(crate) length: Option<u64>,
}

impl Head {
    /// Reads a head that ends with its empty line; `None` is a head that breaks the rules.
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        let text = bytes.strip_suffix(b"\r\n\r\n")?;
        let mut lines = text.split(|&byte| byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
        let (status, mut keeps_alive) = status_line(lines.next()?)?;
        let (mut coding, mut length) = (None, None);
        for line in lines {
            let colon = line.iter().position(|&byte| byte == b':')?;
            let (name, value) = (&line[..colon], line[colon + 1..].trim_ascii());
            // RFC 9112 5.1: no space before the colon.
            if name.is_empty() || name.iter().any(u8::is_ascii_whitespace) {
                return None;
            }
            // Few names matter; their lengths tell most others apart.
            match name.len() {
                10 if name.eq_ignore_ascii_case(b"connection") => {
                    for word in items(value) {
                        if word.eq_ignore_ascii_case(b"close") {
                            keeps_alive = KeepsAlive::No;
                        } else if word.eq_ignore_ascii_case(b"keep-alive") && keeps_alive == KeepsAlive::IfAsked {
                            keeps_alive = KeepsAlive::Yes;
                        }
                    }
                }
                14 if name.eq_ignore_ascii_case(b"content-length") => {
                    for item in items(value) {
                        let number = decimal(item)?;
                        if length.is_some_and(|known| known != number) {
                            return None;
                        }
                        length = Some(number);
                    }
                }
                17 if name.eq_ignore_ascii_case(b"transfer-encoding") => {
                    for item in items(value) {
                        let is_chunked = item.eq_ignore_ascii_case(b"chunked");
                        coding = Some(if is_chunked { Coding::Chunked } else { Coding::Other });
                    }
                }
                _ => {}
            }
        }
        Some(Self { status, keeps_alive: keeps_alive == KeepsAlive::Yes, coding, length })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum KeepsAlive {
    Yes,
    /// HTTP/1.0: only when the server says so.
    IfAsked,
    No,
}

fn status_line(line: &[u8]) -> Option<(u16, KeepsAlive)> {
    let (version, rest) = line.split_at_checked(9)?;
    let keeps_alive = match version {
        b"HTTP/1.1 " => KeepsAlive::Yes,
        b"HTTP/1.0 " => KeepsAlive::IfAsked,
        _ => return None,
    };
    let (digits, reason) = rest.split_at_checked(3)?;
    let status = u16::try_from(decimal(digits)?).ok()?;
    ((100..=599).contains(&status) && matches!(reason.first(), None | Some(b' '))).then_some((status, keeps_alive))
}

/// The items of a list, without the white space around them.
fn items(value: &[u8]) -> impl Iterator<Item = &[u8]> {
    value.split(|&byte| byte == b',').map(<[u8]>::trim_ascii)
}

/// Digits only: `parse` would take a sign.
fn decimal(digits: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(digits).ok()?;
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}
