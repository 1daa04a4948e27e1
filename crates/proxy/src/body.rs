//! Bodies in motion: from one socket to the other, a buffer at a time.
//!
//! Owns the loop that reads, unwraps, wraps and writes, in bounded memory. Leaves out what the bytes mean
//! (the part `headers`, and `chunked`) and what a failure means: that depends on the direction, and `forward` knows it.

use crate::chunked::{ChunkedError, Decoder, LAST_CHUNK, Step, put_chunk, put_chunk_size};
use crate::settings::Settings;
use std::io::{self, ErrorKind, IoSlice};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{ReadHalf, WriteHalf};
use tokio::time::timeout;
use wire::Framing;

/// Room for one read of a body.
const READ: usize = 16 * 1024;
/// The same, once a read has filled that: the body is long, and its sender is ahead of us.
const LONG: usize = 64 * 1024;
/// Pieces up to this size are copied behind what waits to be written; larger ones are written where they are.
/// (Of chunks, larger ones are copied too, up to `FULL`: a write for each would be more work than the copy.)
const SMALL: usize = 2 * 1024;
/// What waits to be written goes out when it has grown to this.
const FULL: usize = 32 * 1024;

/// What is still to come of a body.
#[derive(Debug)]
pub(crate) enum Body {
    Length(u64),
    Chunked(Decoder),
    UntilClose,
}

impl Body {
    pub(crate) fn new(framing: Framing, settings: &Settings) -> Self {
        match framing {
            Framing::Empty => Body::Length(0),
            Framing::Length(length) => Body::Length(length),
            Framing::Chunked => Body::Chunked(Decoder::new(settings.chunk_line, settings.trailers)),
            Framing::UntilClose => Body::UntilClose,
        }
    }

    pub(crate) fn is_done(&self) -> bool {
        match self {
            Body::Length(left) => *left == 0,
            Body::Chunked(decoder) => decoder.is_done(),
            Body::UntilClose => false,
        }
    }

    /// Takes the next piece of body from the front of `input`.
    pub(crate) fn next(&mut self, input: &[u8]) -> Result<Step, ChunkedError> {
        match self {
            Body::Length(left) => {
                let length = usize::try_from(*left).map_or(input.len(), |left| left.min(input.len()));
                *left -= length as u64;
                Ok(Step { consumed: length, data: 0..length })
            }
            Body::Chunked(decoder) => decoder.next(input),
            Body::UntilClose => Ok(Step { consumed: input.len(), data: 0..input.len() }),
        }
    }
}

/// How a body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wrap {
    Plain,
    Chunked,
}

/// Why a body did not arrive whole.
#[derive(Debug)]
pub(crate) enum Broken {
    /// It ended, or its connection broke, before it was complete.
    Short,
    /// Its chunks are malformed.
    Malformed(ChunkedError),
    /// Nothing came for too long.
    SourceSilent,
    /// It could not be written, or not in time.
    Target,
}

/// Moves one body. `buffer[at..]` has its first bytes; afterwards `buffer` holds what came behind it.
///
/// `out` may hold a head already, which goes out together with the first bytes of the body. `moved` counts
/// the bytes of the body as they go, so that the number is there after a failure too. `see` is shown each piece.
/// Whatever was there before a failure has been written: how the bytes came in pieces makes no difference.
#[expect(clippy::too_many_arguments, reason = "two sockets, two buffers and a rule for each: all are needed")]
pub(crate) async fn pump(
    from: &mut ReadHalf<'_>,
    buffer: &mut Vec<u8>,
    mut at: usize,
    mut body: Body,
    to: &mut WriteHalf<'_>,
    out: &mut Vec<u8>,
    wrap: Wrap,
    patience: Duration,
    moved: &mut u64,
    mut see: impl FnMut(&[u8]),
) -> Result<(), Broken> {
    let mut room = READ;
    loop {
        while at < buffer.len() && !body.is_done() {
            let step = match body.next(&buffer[at..]) {
                Ok(step) => step,
                Err(error) => {
                    flush(to, out, patience).await?;
                    return Err(Broken::Malformed(error));
                }
            };
            let data = &buffer[at..][step.data];
            *moved += data.len() as u64;
            see(data);
            match wrap {
                Wrap::Chunked if data.len() < FULL => put_chunk(out, data),
                Wrap::Chunked => {
                    put_chunk_size(out, data.len());
                    send(to, out, data, patience).await.map_err(|_| Broken::Target)?;
                    out.clear();
                    out.extend_from_slice(b"\r\n");
                }
                Wrap::Plain if data.len() <= SMALL => out.extend_from_slice(data),
                Wrap::Plain => {
                    send(to, out, data, patience).await.map_err(|_| Broken::Target)?;
                    out.clear();
                }
            }
            if out.len() >= FULL {
                flush(to, out, patience).await?;
            }
            at += step.consumed;
        }
        if body.is_done() {
            break;
        }
        if buffer.len() >= READ {
            room = LONG;
        }
        buffer.clear();
        at = 0;
        buffer.reserve(room);
        // What is ready goes out before we wait, and what is there already goes along with it.
        let read = match from.try_read_buf(buffer) {
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                flush(to, out, patience).await?;
                match timeout(patience, from.read_buf(buffer)).await {
                    Ok(read) => read,
                    Err(_) => return Err(Broken::SourceSilent),
                }
            }
            read => read,
        };
        match (read, &body) {
            (Ok(0), Body::UntilClose) => break,
            (Ok(0), Body::Length(_) | Body::Chunked(_)) | (Err(_), _) => {
                flush(to, out, patience).await?;
                return Err(Broken::Short);
            }
            (Ok(_), _) => {}
        }
    }
    if wrap == Wrap::Chunked {
        out.extend_from_slice(LAST_CHUNK);
    }
    flush(to, out, patience).await?;
    buffer.drain(..at);
    // Whoever keeps the buffer until the next message keeps no more of it than a short one needs.
    buffer.shrink_to(READ);
    Ok(())
}

async fn flush(to: &mut WriteHalf<'_>, out: &mut Vec<u8>, patience: Duration) -> Result<(), Broken> {
    if !out.is_empty() {
        send(to, out, b"", patience).await.map_err(|_| Broken::Target)?;
        out.clear();
    }
    Ok(())
}

/// Writes `first` and then `second`, in one call where the socket has room.
pub(crate) async fn send(to: &mut WriteHalf<'_>, first: &[u8], second: &[u8], patience: Duration) -> io::Result<()> {
    let tried = match (first, second) {
        (piece, []) | ([], piece) => to.try_write(piece),
        (first, second) => to.try_write_vectored(&[IoSlice::new(first), IoSlice::new(second)]),
    };
    let sent = match tried {
        Ok(sent) => sent,
        Err(error) if error.kind() == ErrorKind::WouldBlock => 0,
        Err(error) => return Err(error),
    };
    // Most answers fit into the socket, and need neither a timer nor this part of the future.
    match (first.get(sent..).unwrap_or_default(), &second[sent.saturating_sub(first.len())..]) {
        ([], []) => Ok(()),
        (first, second) => Box::pin(send_rest(to, first, second, patience)).await,
    }
}

/// The same, with waiting for room. The limit is on silence, not on the whole: a slow reader of a large body is welcome.
async fn send_rest(to: &mut WriteHalf<'_>, first: &[u8], second: &[u8], patience: Duration) -> io::Result<()> {
    let total = first.len() + second.len();
    let mut sent = 0;
    while sent < total {
        let head = first.get(sent..).unwrap_or_default();
        let tail = &second[sent.saturating_sub(first.len())..];
        let write = async {
            match (head, tail) {
                (piece, []) | ([], piece) => to.write(piece).await,
                (head, tail) => to.write_vectored(&[IoSlice::new(head), IoSlice::new(tail)]).await,
            }
        };
        match timeout(patience, write).await {
            Ok(Ok(0)) => return Err(ErrorKind::WriteZero.into()),
            Ok(Ok(written)) => sent += written,
            Ok(Err(error)) => return Err(error),
            Err(_) => return Err(ErrorKind::TimedOut.into()),
        }
    }
    Ok(())
}

/// Makes room for one read, when little is left.
pub(crate) fn make_room(buffer: &mut Vec<u8>, room: usize) {
    if buffer.capacity() - buffer.len() < room / 4 {
        buffer.reserve(room);
    }
}
