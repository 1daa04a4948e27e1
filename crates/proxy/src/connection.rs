//! One client's connection, from its first byte to its last.
//!
//! Owns the socket and the buffer that goes round: `cut` takes it and gives a head and a rest, `recycle` makes
//! the next buffer of the two. Leaves out the upstream (see `forward`).

use crate::body::{make_room, send};
use crate::forward::{Client, Ended, Next, forward};
use crate::log::Finished;
use crate::parts::request;
use crate::plan::Plan;
use crate::refusal::Refusal;
use crate::shared::Shared;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Instant;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{sleep_until, timeout};
use wire::{Cut, Fault, ParseError, RequestHead, Version};

/// Room for one read of a head. Most heads are smaller.
const READ: usize = 4 * 1024;

/// Serves one client until it or we have enough.
pub(crate) async fn serve(mut stream: TcpStream, address: IpAddr, shared: Arc<Shared>) {
    let mut buffer = Vec::new();
    let mut out = Vec::new();
    let next = loop {
        match turn(&mut stream, buffer, &mut out, address, &shared).await {
            Turn::Again(recycled) => buffer = recycled,
            Turn::Over(next) => break next,
        }
    };
    match next {
        Next::Keep | Next::Close | Next::Abort => {}
        Next::Linger => linger(&mut stream, &shared).await,
        // A failure leaves an ordinary close, and there is nothing left to try.
        Next::Reset => drop(stream.set_zero_linger()),
    }
}

enum Turn {
    /// The next request may come; here is its buffer.
    Again(Vec<u8>),
    Over(Next),
}

/// One request and its answer: the journey of the buffer.
async fn turn(stream: &mut TcpStream, buffer: Vec<u8>, out: &mut Vec<u8>, address: IpAddr, shared: &Shared) -> Turn {
    let limits = &shared.settings.limits;
    let (head, mut rest) = match next_head(stream, buffer, shared).await {
        Ok(Some(cut)) => cut,
        Ok(None) => return Turn::Over(Next::Close),
        Err(refusal) => return refuse_head(stream, out, address, &refusal, shared).await,
    };
    let started = Instant::now();
    let handed = match request::parse(head, limits).map(|parsed| parsed.map(request::hand_on)) {
        Ok(Ok(Ok(handed))) => handed,
        Ok(Err(error)) => return refuse_head(stream, out, address, &Refusal::client(error), shared).await,
        Ok(Ok(Err(panic))) | Err(panic) => {
            return refuse_head(stream, out, address, &Refusal::ours(&panic), shared).await;
        }
    };
    let ended = answer(stream, &handed.head, &mut rest, out, address, shared).await;
    shared.log.finished(&Finished {
        note: &handed.note,
        head: &handed.head,
        client: address,
        status: ended.status,
        request_bytes: ended.request_bytes,
        response_bytes: ended.response_bytes,
        took: started.elapsed(),
    });
    if ended.next != Next::Keep {
        return Turn::Over(ended.next);
    }
    match request::recycle(handed.head, rest) {
        Ok(buffer) => Turn::Again(buffer),
        // The answer is out already, so the client can only lose the connection.
        Err(panic) => {
            shared.log.refused(500, &panic.to_string(), address);
            Turn::Over(Next::Close)
        }
    }
}

/// The upstream's answer to a request, or ours in its place.
async fn answer(
    stream: &mut TcpStream,
    head: &RequestHead,
    rest: &mut Vec<u8>,
    out: &mut Vec<u8>,
    address: IpAddr,
    shared: &Shared,
) -> Ended {
    let plan = match Plan::of(head, &shared.via) {
        Ok(plan) => plan,
        Err(refusal) => return refuse(stream, out, &refusal, head.method() == b"HEAD", false, shared).await,
    };
    let mut client = Client { stream, rest, out, address };
    match forward(&mut client, &plan, shared).await {
        Ok(ended) => ended,
        Err(unanswered) => {
            // An HTTP/1.0 client would have to be told that the connection stays; it can open another one.
            let stays = unanswered.request_read
                && plan.persistent
                && head.version() == Version::Http11
                && !shared.is_draining();
            refuse(stream, out, &unanswered.refusal, plan.is_head, stays, shared).await
        }
    }
}

/// Sends an answer of our own.
async fn refuse(
    stream: &mut TcpStream,
    out: &mut Vec<u8>,
    refusal: &Refusal,
    answers_head: bool,
    stays: bool,
    shared: &Shared,
) -> Ended {
    out.clear();
    let length = refusal.write(out, answers_head, !stays, shared.via.of(Version::Http11));
    let (_, mut write) = stream.split();
    let sent = send(&mut write, out, b"", shared.settings.timeouts.body).await;
    let next = match (sent, stays) {
        (Ok(()), true) => Next::Keep,
        (Ok(()), false) => Next::Linger,
        (Err(_), _) => Next::Abort,
    };
    Ended { status: refusal.status, request_bytes: 0, response_bytes: length as u64, next }
}

/// Refuses what never became a request, so that there is no note to log.
async fn refuse_head(
    stream: &mut TcpStream,
    out: &mut Vec<u8>,
    address: IpAddr,
    refusal: &Refusal,
    shared: &Shared,
) -> Turn {
    shared.log.refused(refusal.status, &refusal.text, address);
    Turn::Over(refuse(stream, out, refusal, false, false, shared).await.next)
}

/// Waits for a whole head. `None` when the client has gone, or was idle for too long, or we are stopping.
async fn next_head(
    stream: &mut TcpStream,
    mut buffer: Vec<u8>,
    shared: &Shared,
) -> Result<Option<(Vec<u8>, Vec<u8>)>, Refusal> {
    let settings = &shared.settings;
    let idle_until = tokio::time::Instant::now() + settings.timeouts.idle;
    let mut head_until = None;
    loop {
        if !buffer.is_empty() {
            // `cut` keeps the buffer when it refuses it. A head without a single line end is one long
            // request line, and that deserves its own status (RFC 9110 15.5.15).
            let first_line_is_long =
                buffer.len() > settings.limits.head && memchr::memchr(b'\n', &buffer[..settings.limits.head]).is_none();
            buffer = match request::cut(buffer, &settings.limits) {
                Ok(Ok(Cut::Complete { head, rest })) => return Ok(Some((head, rest))),
                // A part that forgets its limit must not cost us the memory.
                Ok(Ok(Cut::Partial(buffer))) if buffer.len() > settings.limits.head + READ => {
                    let limit = settings.limits.head;
                    return Err(Refusal::client(ParseError::new(Fault::HeadTooLong { limit }, limit)));
                }
                Ok(Ok(Cut::Partial(buffer))) => buffer,
                Ok(Err(_)) if first_line_is_long => {
                    let limit = settings.limits.target;
                    return Err(Refusal::client(ParseError::new(Fault::TargetTooLong { limit }, settings.limits.head)));
                }
                Ok(Err(error)) => return Err(Refusal::client(error)),
                Err(panic) => return Err(Refusal::ours(&panic)),
            };
        }
        let is_idle = buffer.is_empty();
        make_room(&mut buffer, READ);
        let read = if is_idle {
            tokio::select! {
                biased;
                read = stream.read_buf(&mut buffer) => read,
                () = shared.draining() => return Ok(None),
                () = sleep_until(idle_until) => return Ok(None),
            }
        } else {
            let until = *head_until.get_or_insert_with(|| tokio::time::Instant::now() + settings.timeouts.head);
            tokio::select! {
                biased;
                read = stream.read_buf(&mut buffer) => read,
                () = sleep_until(until) => return Err(Refusal::new(408, "the request head did not come in time")),
            }
        };
        match read {
            Ok(0) if is_idle => return Ok(None),
            Ok(0) => return Err(Refusal::client(ParseError::new(Fault::NoBlankLine, buffer.len()))),
            Ok(_) => {}
            Err(_) => return Ok(None),
        }
    }
}

/// Reads on for a while and throws away what comes. A close with bytes unread is a reset, and a reset
/// can take our answer away before the client has read it (RFC 9112 9.6).
async fn linger(stream: &mut TcpStream, shared: &Shared) {
    let settings = &shared.settings;
    if stream.shutdown().await.is_err() {
        return;
    }
    let mut scratch = vec![0; READ];
    let mut left = settings.linger_bytes;
    let reading = async {
        while let Ok(read @ 1..) = stream.read(&mut scratch).await {
            left = left.saturating_sub(read);
            if left == 0 {
                break;
            }
        }
    };
    // Time that passes is as good as an end: the client has had its chance.
    timeout(settings.timeouts.linger, reading).await.ok();
}
