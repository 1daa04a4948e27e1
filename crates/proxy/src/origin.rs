//! A small built-in origin, so that the proxy has something to talk to before you bring a server of your own.
//!
//! Owns its listening socket and its connections. It uses none of the parts: when one of yours panics, the
//! page that tells you about it must not panic too. Honest HTTP/1.1 with keep-alive, and no more.

use crate::body::{Body, make_room, send};
use crate::chunked::{LAST_CHUNK, put_chunk};
use crate::date;
use crate::page;
use crate::refusal::reason;
use crate::settings::Settings;
use std::io::{self, ErrorKind, Write as _};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::AsyncReadExt as _;
use tokio::net::tcp::{ReadHalf, WriteHalf};
use tokio::net::{TcpListener, TcpStream};
use wire::{Fields, Framing, Known, RequestHead, Version, syntax};

/// The longest body that `/echo` keeps in memory before it sends it back.
const MOST_ECHO: usize = 64 * 1024 * 1024;
/// The longest sleep of `/slow/MS`.
const MOST_SLOW: u64 = 60_000;
/// The longest body of `/bytes/N` and `/chunked/N`.
const MOST_BYTES: u64 = 1 << 34;
const PIECE: usize = 16 * 1024;
const PATIENCE: Duration = Duration::from_secs(60);

/// An origin that listens.
#[derive(Debug)]
pub(crate) struct Origin {
    listener: TcpListener,
}

impl Origin {
    /// Listens on `address`.
    ///
    /// # Errors
    /// The address is taken, or not ours.
    pub(crate) async fn bind(address: SocketAddr) -> io::Result<Self> {
        Ok(Self { listener: TcpListener::bind(address).await? })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// The system does not say.
    pub(crate) fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until the program ends.
    pub(crate) async fn run(self) {
        loop {
            match self.listener.accept().await {
                Ok((stream, _)) => {
                    stream.set_nodelay(true).ok();
                    tokio::spawn(async move { serve(stream).await.ok() });
                }
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
    }
}

/// Serves one connection until its peer has enough.
async fn serve(mut stream: TcpStream) -> io::Result<()> {
    let settings = Settings::default();
    let mut buffer = Vec::new();
    let (mut read, write) = stream.split();
    let mut to = Answerer { write, is_head: false, closes: false };
    loop {
        buffer.drain(..syntax::leading_empty_lines(&buffer));
        let Some(end) = syntax::end_of_head(&buffer) else {
            make_room(&mut buffer, PIECE);
            if buffer.len() > settings.limits.head || read.read_buf(&mut buffer).await? == 0 {
                return Ok(());
            }
            continue;
        };
        let rest = buffer.split_off(end);
        let head = match parse(buffer, &settings.limits) {
            Ok(head) => head,
            Err(error) => {
                to.closes = true;
                return to.text(400, &format!("{error}\n")).await;
            }
        };
        to.closes = !stays_open(&head);
        to.is_head = head.method() == b"HEAD";
        buffer = rest;
        let Some(framing) = framing(head.as_fields()) else {
            to.closes = true;
            return to.text(400, "the framing of this request is in doubt\n").await;
        };
        let mut body = Body::new(framing, &settings);
        if !body.is_done() && buffer.is_empty() && expects_continue(&head) {
            send(&mut to.write, b"HTTP/1.1 100 Continue\r\n\r\n", b"", PATIENCE).await?;
        }
        let Some(content) = read_body(&mut read, &mut buffer, &mut body).await? else {
            to.closes = true;
            return to.text(413, "the body is longer than this small origin keeps\n").await;
        };
        to.answer(&head, &content).await?;
        if to.closes {
            return Ok(());
        }
    }
}

/// The head that `bytes` spell, read without a part.
pub(crate) fn parse(bytes: Vec<u8>, limits: &wire::Limits) -> Result<RequestHead, wire::ParseError> {
    let mut lines = syntax::line_spans(&bytes)?.into_iter();
    let line = syntax::request_line(&bytes, lines.next(), limits.head)?;
    let fields = syntax::field_lines(&bytes, lines, limits.fields)?;
    Ok(RequestHead::new(bytes, line, fields))
}

fn expects_continue(head: &RequestHead) -> bool {
    head.as_fields().of(Known::Expect).any(|field| field.value.eq_ignore_ascii_case(b"100-continue"))
}

fn stays_open(head: &RequestHead) -> bool {
    let says = |wanted: &[u8]| {
        let mut lines = head.as_fields().of(Known::Connection);
        lines.any(|line| syntax::elements(line.value).any(|option| option.eq_ignore_ascii_case(wanted)))
    };
    !says(b"close") && (head.version() == Version::Http11 || says(b"keep-alive"))
}

/// The plain cases, which are all that our proxy sends. `None` for everything else.
fn framing(fields: Fields<'_>) -> Option<Framing> {
    let mut lengths = fields.of(Known::ContentLength);
    let mut codings = fields.of(Known::TransferEncoding);
    match (lengths.next(), lengths.next(), codings.next(), codings.next()) {
        (None, _, None, _) => Some(Framing::Empty),
        (Some(line), None, None, _) if line.value.iter().all(u8::is_ascii_digit) => {
            std::str::from_utf8(line.value).ok()?.parse().ok().map(Framing::Length)
        }
        (None, _, Some(line), None) if line.value.eq_ignore_ascii_case(b"chunked") => Some(Framing::Chunked),
        (_, _, _, _) => None,
    }
}

/// The whole body, or `None` when it is too long.
async fn read_body(read: &mut ReadHalf<'_>, buffer: &mut Vec<u8>, body: &mut Body) -> io::Result<Option<Vec<u8>>> {
    let mut content = Vec::new();
    while !body.is_done() {
        let mut at = 0;
        while at < buffer.len() && !body.is_done() {
            let step =
                body.next(&buffer[at..]).map_err(|error| io::Error::new(ErrorKind::InvalidData, error.to_string()))?;
            content.extend_from_slice(&buffer[at..][step.data]);
            at += step.consumed;
        }
        buffer.drain(..at);
        if content.len() > MOST_ECHO {
            return Ok(None);
        }
        make_room(buffer, PIECE);
        if !body.is_done() && read.read_buf(buffer).await? == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(Some(content))
}

/// Writes the answers of one connection.
struct Answerer<'a> {
    write: WriteHalf<'a>,
    is_head: bool,
    closes: bool,
}

impl Answerer<'_> {
    async fn answer(&mut self, head: &RequestHead, content: &[u8]) -> io::Result<()> {
        let target = String::from_utf8_lossy(head.target());
        let path = target.split('?').next().unwrap_or_default();
        let (room, number) = match path.trim_start_matches('/').split_once('/') {
            Some((room, number)) => (room, number.parse::<u64>().ok()),
            None => (path.trim_start_matches('/'), None),
        };
        match (room, number) {
            ("", None) => self.whole(200, "text/html; charset=utf-8", "", page::page(head).as_bytes()).await,
            ("echo", None) => {
                let length = format!("X-Body-Length: {}\r\n", content.len());
                self.whole(200, "application/octet-stream", &length, content).await
            }
            ("bytes", Some(length @ ..=MOST_BYTES)) => self.bytes(length).await,
            ("chunked", Some(length @ ..=MOST_BYTES)) => self.chunked(length).await,
            ("status", Some(status @ 200..=599)) => {
                let status = u16::try_from(status).expect("the pattern leaves 200 to 599");
                self.text(status, &format!("{status} {}\n", reason(status))).await
            }
            ("slow", Some(milliseconds @ ..=MOST_SLOW)) => {
                tokio::time::sleep(Duration::from_millis(milliseconds)).await;
                self.text(200, &format!("{milliseconds} ms later\n")).await
            }
            _ => self.text(404, "try / /bytes/N /chunked/N /echo /status/N /slow/MS\n").await,
        }
    }

    fn head(&self, status: u16, media_type: &str, more: &str) -> Vec<u8> {
        let mut out = Vec::with_capacity(256);
        let close = if self.closes { "Connection: close\r\n" } else { "" };
        let reason = reason(status);
        date::now(|text| {
            write!(
                out,
                "HTTP/1.1 {status} {reason}\r\nDate: {text}\r\nContent-Type: {media_type}\r\n{more}{close}\r\n"
            )
            .expect("a Vec takes every byte");
        });
        out
    }

    async fn text(&mut self, status: u16, text: &str) -> io::Result<()> {
        self.whole(status, "text/plain; charset=utf-8", "", text.as_bytes()).await
    }

    async fn whole(&mut self, status: u16, media_type: &str, more: &str, content: &[u8]) -> io::Result<()> {
        // RFC 9110 8.6 forbids Content-Length in a 204; a 304 has no body, so it does not speak of one here.
        let bodiless = matches!(status, 204 | 304);
        let length = if bodiless { String::new() } else { format!("Content-Length: {}\r\n", content.len()) };
        let head = self.head(status, media_type, &(length + more));
        let content = if bodiless || self.is_head { b"" } else { content };
        send(&mut self.write, &head, content, PATIENCE).await
    }

    async fn bytes(&mut self, length: u64) -> io::Result<()> {
        let head = self.head(200, "application/octet-stream", &format!("Content-Length: {length}\r\n"));
        let mut left = if self.is_head { 0 } else { length };
        let piece = pattern();
        let first = left.min(PIECE as u64);
        send(&mut self.write, &head, &piece[..usize_of(first)], PATIENCE).await?;
        left -= first;
        while left > 0 {
            let size = left.min(PIECE as u64);
            send(&mut self.write, &piece[..usize_of(size)], b"", PATIENCE).await?;
            left -= size;
        }
        Ok(())
    }

    async fn chunked(&mut self, length: u64) -> io::Result<()> {
        let mut out = self.head(200, "application/octet-stream", "Transfer-Encoding: chunked\r\n");
        let mut left = if self.is_head { 0 } else { length };
        let piece = pattern();
        while left > 0 {
            let size = left.min(PIECE as u64);
            put_chunk(&mut out, &piece[..usize_of(size)]);
            send(&mut self.write, &out, b"", PATIENCE).await?;
            out.clear();
            left -= size;
        }
        if !self.is_head {
            out.extend_from_slice(LAST_CHUNK);
        }
        send(&mut self.write, &out, b"", PATIENCE).await
    }
}

fn usize_of(size: u64) -> usize {
    usize::try_from(size).expect("no larger than a piece")
}

/// Lines of digits: easy to read, and a lost or doubled piece shows.
fn pattern() -> Vec<u8> {
    b"0123456789abcde\n".repeat(PIECE / 16)
}
