//! One exchange: a request goes to the upstream, its response comes back.
//!
//! Owns the upstream connection for that time, and the decision whether it may serve again. The request's body
//! is sent while the response is awaited, so that `Expect: 100-continue` and early answers work. Leaves out
//! the client's connection before and after (see `connection`).

use crate::body::{Body, Broken, Wrap, make_room, pump, send};
use crate::heads::{self, Onward};
use crate::parts::{Panicked, headers};
use crate::plan::Plan;
use crate::refusal::Refusal;
use crate::shared::Shared;
use crate::upstream::Link;
use std::future::{Future, poll_fn};
use std::net::IpAddr;
use std::pin::{Pin, pin};
use std::task::Poll;
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpStream;
use tokio::net::tcp::{ReadHalf, WriteHalf};
use tokio::time::{Instant, timeout, timeout_at};
use wire::{Framing, ResponseFraming, ResponseHead, Version, syntax};

/// How much of an upstream's answer one read may bring.
const READ: usize = 16 * 1024;

/// What became of a request that was forwarded.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) status: u16,
    /// Body bytes from the client.
    pub(crate) request_bytes: u64,
    /// Body bytes to the client.
    pub(crate) response_bytes: u64,
    pub(crate) next: Next,
}

/// What becomes of the client's connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// Another request may come.
    Keep,
    /// It ends; everything that the client sent has been read.
    Close,
    /// It ends, and the client may still be sending.
    Linger,
    /// It breaks off, so that the client can tell that the response is not whole (RFC 9112 8).
    Abort,
    /// The same, and there is no length that would show it: only a reset does.
    Reset,
}

/// No response has begun: the proxy answers itself.
#[derive(Debug)]
pub(crate) struct Unanswered {
    pub(crate) refusal: Refusal,
    /// The whole request has been read, so the connection may stay.
    pub(crate) request_read: bool,
}

/// Why an attempt came to nothing.
enum Failed {
    /// The connection broke before the first byte of a response: perhaps it was dead before.
    Silent(String),
    Refused(Unanswered),
}

/// What an exchange needs of the client.
pub(crate) struct Client<'a> {
    pub(crate) stream: &'a mut TcpStream,
    /// What came behind the head: the beginning of the body, or of the next request.
    pub(crate) rest: &'a mut Vec<u8>,
    /// Room for what is written, kept from one request to the next.
    pub(crate) out: &'a mut Vec<u8>,
    pub(crate) address: IpAddr,
}

/// Forwards one request.
///
/// # Errors
/// When the client has not got a byte of a final response.
pub(crate) async fn forward(client: &mut Client<'_>, plan: &Plan<'_>, shared: &Shared) -> Result<Ended, Unanswered> {
    let mut idle = shared.upstream.take(!plan.repeatable);
    loop {
        let mut link = match idle.take() {
            Some(link) => link,
            None => dial(plan, shared).await?,
        };
        match exchange(client, plan, &mut link, shared).await {
            Ok((ended, reusable)) => {
                if reusable {
                    shared.upstream.put(link);
                }
                return Ok(ended);
            }
            // RFC 9112 9.3.1: once more, because the upstream may have closed an idle connection just now.
            // The second connection is a fresh one, so there is no third time.
            Err(Failed::Silent(_)) if link.reused && plan.repeatable => {}
            Err(Failed::Silent(text)) => {
                let request_read = matches!(plan.framing, Framing::Empty | Framing::Length(0));
                return Err(Unanswered { refusal: Refusal::new(502, text), request_read });
            }
            Err(Failed::Refused(unanswered)) => return Err(unanswered),
        }
    }
}

/// One of our parts failed, and the client has not got a byte yet.
fn ours(panic: &Panicked, request_read: bool) -> Failed {
    Failed::Refused(Unanswered { refusal: Refusal::ours(panic), request_read })
}

async fn dial(plan: &Plan<'_>, shared: &Shared) -> Result<Link, Unanswered> {
    let refusal = match timeout(shared.settings.timeouts.connect, shared.upstream.dial()).await {
        Ok(Ok(link)) => return Ok(link),
        Ok(Err(error)) => Refusal::new(502, format!("no connection to the upstream: {error}")),
        Err(_) => Refusal::new(504, "no connection to the upstream in time"),
    };
    Err(Unanswered { refusal, request_read: matches!(plan.framing, Framing::Empty | Framing::Length(0)) })
}

/// One attempt on one connection. The flag says whether the connection may serve again.
async fn exchange(
    client: &mut Client<'_>,
    plan: &Plan<'_>,
    link: &mut Link,
    shared: &Shared,
) -> Result<(Ended, bool), Failed> {
    let patience = shared.settings.timeouts.body;
    let (mut client_read, mut client_write) = client.stream.split();
    let (mut upstream_read, mut upstream_write) = link.stream.split();
    let out = &mut *client.out;
    out.clear();
    heads::request(out, plan, shared.upstream.authority(), client.address, &shared.via)
        .map_err(|panic| ours(&panic, false))?;

    if matches!(plan.framing, Framing::Empty | Framing::Length(0)) {
        // A failure here is not the end: an upstream that closes may have said why. Reading will tell.
        let _ = send(&mut upstream_write, out, b"", patience).await;
        let mut upload = Upload::none();
        let mut answer = Answer { from: &mut upstream_read, buffer: &mut link.buffer, to: &mut client_write, out };
        return answer.relay(plan, &mut upload, shared).await;
    }

    let wrap = if plan.framing == Framing::Chunked { Wrap::Chunked } else { Wrap::Plain };
    let body = Body::new(plan.framing, &shared.settings);
    let mut moved = 0;
    // Two buffers, because both directions move at once from here on.
    let mut answer_out = Vec::new();
    let uploading = async {
        pump(&mut client_read, client.rest, 0, body, &mut upstream_write, out, wrap, patience, &mut moved).await
    };
    let result = {
        let mut upload = Upload { running: Some(pin!(uploading)), broken: None };
        let mut answer =
            Answer { from: &mut upstream_read, buffer: &mut link.buffer, to: &mut client_write, out: &mut answer_out };
        answer.relay(plan, &mut upload, shared).await
    };
    result.map(|(ended, reusable)| (Ended { request_bytes: moved, ..ended }, reusable))
}

/// The request's body on its way, beside the response.
struct Upload<'a, F> {
    /// `None` once it has ended, well or not.
    running: Option<Pin<&'a mut F>>,
    broken: Option<Broken>,
}

impl Upload<'_, std::future::Ready<Result<(), Broken>>> {
    fn none() -> Self {
        Self { running: None, broken: None }
    }
}

impl<F: Future<Output = Result<(), Broken>>> Upload<'_, F> {
    /// The whole body has been read from the client and written to the upstream.
    fn is_complete(&self) -> bool {
        self.running.is_none() && self.broken.is_none()
    }

    /// Goes on sending while `main` runs. `None` when the client broke off, which ends `main` too.
    ///
    /// An upstream that does not take the body is another matter: it may have answered already.
    async fn beside<T>(&mut self, main: impl Future<Output = T>) -> Option<T> {
        let mut main = pin!(main);
        loop {
            if let Some(value) = self.racing(main.as_mut()).await? {
                return Some(value);
            }
        }
    }

    /// The same, but stops with `Some(None)` when the sending ends before `main` does.
    async fn racing<T>(&mut self, main: impl Future<Output = T>) -> Option<Option<T>> {
        let mut main = pin!(main);
        poll_fn(|context| {
            let sent = self.running.as_mut().map(|running| running.as_mut().poll(context));
            if let Some(Poll::Ready(result)) = sent {
                self.running = None;
                self.broken = result.err();
                return Poll::Ready(match self.broken {
                    Some(Broken::Short | Broken::Malformed(_) | Broken::SourceSilent) => None,
                    Some(Broken::Target) | None => Some(None),
                });
            }
            main.as_mut().poll(context).map(|value| Some(Some(value)))
        })
        .await
    }

    /// What to say when the client's body broke off before there was an answer.
    fn refusal(&self) -> Failed {
        let refusal = match &self.broken {
            Some(Broken::Malformed(error)) => Refusal::new(400, error.to_string()),
            Some(Broken::SourceSilent) => Refusal::new(408, "the body did not come in time"),
            Some(Broken::Short | Broken::Target) | None => Refusal::new(400, "the body stops before its end"),
        };
        Failed::Refused(Unanswered { refusal, request_read: false })
    }
}

/// The response on its way from the upstream to the client.
struct Answer<'a, 'b> {
    from: &'a mut ReadHalf<'b>,
    buffer: &'a mut Vec<u8>,
    to: &'a mut WriteHalf<'b>,
    out: &'a mut Vec<u8>,
}

impl Answer<'_, '_> {
    async fn relay<F: Future<Output = Result<(), Broken>>>(
        &mut self,
        plan: &Plan<'_>,
        upload: &mut Upload<'_, F>,
        shared: &Shared,
    ) -> Result<(Ended, bool), Failed> {
        let settings = &shared.settings;
        let patience = settings.timeouts.body;
        let client = plan.head.version();
        let (head, end) = self.final_head(client, upload, shared).await?;
        self.out.clear();

        let status = head.status();
        let faulty = |error: &dyn std::fmt::Display| {
            Failed::Refused(Unanswered { refusal: Refusal::upstream(error), request_read: upload.is_complete() })
        };
        let ours = |panic: Panicked| ours(&panic, upload.is_complete());
        let ResponseFraming { framing, length } =
            headers::response_framing(head.as_fields(), head.version(), status, plan.is_head)
                .map_err(ours)?
                .map_err(|fault| faulty(&fault))?;
        let (wrap, onward) = match (framing, client) {
            (Framing::Chunked | Framing::UntilClose, Version::Http11) => (Wrap::Chunked, Framing::Chunked),
            // RFC 9112 6.1: no Transfer-Encoding to a client that does not know it.
            (Framing::Chunked | Framing::UntilClose, Version::Http10) => (Wrap::Plain, Framing::UntilClose),
            (Framing::Empty | Framing::Length(_), _) => (Wrap::Plain, framing),
        };
        // RFC 9112 9.3: while its body is not read, nobody can say where the client's next request begins.
        let closes = !plan.persistent || onward == Framing::UntilClose || !upload.is_complete() || shared.is_draining();
        heads::response(self.out, &head, Onward { framing: onward, length, closes, client }, &shared.via)
            .map_err(ours)?;

        let said = headers::connection(head.as_fields()).map_err(ours)?;
        let persistent = !said.close && (head.version() == Version::Http11 || said.keep_alive);
        *self.buffer = head.into_bytes();
        let mut moved = 0;
        let body = Body::new(framing, settings);
        let pumping = pump(self.from, self.buffer, end, body, self.to, self.out, wrap, patience, &mut moved);
        let result = upload.beside(pumping).await;

        let next = match result {
            Some(Ok(())) if !closes => Next::Keep,
            Some(Ok(())) if upload.is_complete() => Next::Close,
            Some(Ok(())) => Next::Linger,
            Some(Err(Broken::Short | Broken::Malformed(_) | Broken::SourceSilent)) if onward == Framing::UntilClose => {
                Next::Reset
            }
            Some(Err(_)) | None => Next::Abort,
        };
        let whole = matches!(result, Some(Ok(())));
        // Bytes behind the response belong to no request: whoever sent them is not to be trusted with the next.
        let reusable =
            whole && persistent && framing != Framing::UntilClose && upload.is_complete() && self.buffer.is_empty();
        Ok((Ended { status, request_bytes: 0, response_bytes: moved, next }, reusable))
    }

    /// Reads heads until one is final, and passes the interim ones on. The number is where the head ends.
    async fn final_head<F: Future<Output = Result<(), Broken>>>(
        &mut self,
        client: Version,
        upload: &mut Upload<'_, F>,
        shared: &Shared,
    ) -> Result<(ResponseHead, usize), Failed> {
        let settings = &shared.settings;
        for _ in 0..=settings.interim {
            let end = self.head_end(upload, shared).await?;
            mend_colons(self.buffer, end);
            let end = syntax::end_of_head(self.buffer).expect("the blank line is still there");
            let faulty = |text: &dyn std::fmt::Display| {
                Failed::Refused(Unanswered { refusal: Refusal::upstream(text), request_read: upload.is_complete() })
            };
            let bytes = std::mem::take(self.buffer);
            let head = ResponseHead::parse(bytes, settings.limits.fields).map_err(|error| faulty(&error))?;
            match head.status() {
                // We never pass Upgrade on, so nobody asked for this (RFC 9110 7.8).
                101 => return Err(faulty(&"it switches protocols without being asked")),
                100..=199 => {
                    // RFC 9110 15.2: an HTTP/1.0 client does not know interim responses.
                    if client == Version::Http11 {
                        let mut interim = Vec::new();
                        heads::interim(&mut interim, &head, &shared.via)
                            .map_err(|panic| ours(&panic, upload.is_complete()))?;
                        let sending = send(self.to, &interim, b"", settings.timeouts.body);
                        // A client that is gone shows itself again when the final response is written.
                        upload.beside(sending).await.ok_or_else(|| upload.refusal())?.ok();
                    }
                    *self.buffer = head.into_bytes();
                    self.buffer.drain(..end);
                }
                _ => return Ok((head, end)),
            }
        }
        let text = format!("it sends more than {} interim responses", settings.interim);
        Err(Failed::Refused(Unanswered { refusal: Refusal::upstream(text), request_read: upload.is_complete() }))
    }

    /// Reads until the buffer holds a whole head; says where it ends.
    async fn head_end<F: Future<Output = Result<(), Broken>>>(
        &mut self,
        upload: &mut Upload<'_, F>,
        shared: &Shared,
    ) -> Result<usize, Failed> {
        let settings = &shared.settings;
        let refused = |refusal: Refusal, upload: &Upload<'_, F>| {
            Failed::Refused(Unanswered { refusal, request_read: upload.is_complete() })
        };
        let mut until = None;
        loop {
            match syntax::end_of_head(self.buffer) {
                Some(end) if end <= settings.limits.head => return Ok(end),
                Some(_) | None => {}
            }
            if self.buffer.len() > settings.limits.head {
                return Err(refused(Refusal::upstream("its head is too long"), upload));
            }
            // What cannot become a head any more needs no time-out to be known as garbage.
            let start = &self.buffer[..self.buffer.len().min(5)];
            if !b"HTTP/".starts_with(start) {
                return Err(refused(Refusal::upstream("it does not begin with HTTP/"), upload));
            }
            make_room(self.buffer, READ);
            let reading = self.from.read_buf(self.buffer);
            let read = if upload.running.is_some() {
                match upload.racing(reading).await.ok_or_else(|| upload.refusal())? {
                    Some(read) => read,
                    // Sent: from here on the upstream is the one who has to move.
                    None => continue,
                }
            } else {
                let until = *until.get_or_insert_with(|| Instant::now() + settings.timeouts.response);
                match timeout_at(until, reading).await {
                    Ok(read) => read,
                    Err(_) => return Err(refused(Refusal::new(504, "the upstream did not answer in time"), upload)),
                }
            };
            match read {
                Ok(0) | Err(_) if self.buffer.is_empty() => {
                    let why = read.err().map_or("it closed".to_owned(), |error| error.to_string());
                    return Err(Failed::Silent(format!("the upstream gave no answer: {why}")));
                }
                Ok(0) | Err(_) => {
                    return Err(refused(Refusal::upstream("it ends in the middle of the head"), upload));
                }
                Ok(_) => {}
            }
        }
    }
}

/// Takes white space before the colon of a field line out of the head `bytes[..end]`.
///
/// RFC 9112 5.1: in a request it is refused, in a response a proxy has to remove it.
fn mend_colons(bytes: &mut Vec<u8>, end: usize) {
    let suspicious = |at: usize| at > 0 && matches!(bytes[at - 1], b' ' | b'\t');
    if !memchr::memchr_iter(b':', &bytes[..end]).any(suspicious) {
        return;
    }
    let mut mended = Vec::with_capacity(bytes.len());
    for (number, line) in bytes[..end].split_inclusive(|&byte| byte == b'\n').enumerate() {
        let colon = line.iter().position(|&byte| byte == b':').unwrap_or(0);
        let name = line[..colon].trim_ascii_end();
        // The status line has no field name, and a line that begins with white space is folded: not ours to mend.
        if number > 0 && !name.is_empty() && !matches!(line[0], b' ' | b'\t') {
            mended.extend_from_slice(name);
            mended.extend_from_slice(&line[colon..]);
        } else {
            mended.extend_from_slice(line);
        }
    }
    mended.extend_from_slice(&bytes[end..]);
    *bytes = mended;
}

#[cfg(test)]
mod tests {
    use super::mend_colons;

    #[test]
    fn white_space_before_a_colon_goes_and_everything_else_stays() {
        let mut bytes = b"HTTP/1.1 200 a : b\r\nA \t: b : c\r\nD: e\r\n x : y\r\n\r\nbody : x".to_vec();
        let end = bytes.len() - b"body : x".len();
        mend_colons(&mut bytes, end);
        let expected = "HTTP/1.1 200 a : b\r\nA: b : c\r\nD: e\r\n x : y\r\n\r\nbody : x";
        assert_eq!(String::from_utf8_lossy(&bytes), expected);
    }
}
