//! One exchange: a request goes to the upstream, its response comes back.
//!
//! Owns the upstream connection for that time, and the decision whether it may serve again. The request's body
//! is sent while the response is awaited, so that `Expect: 100-continue` and early answers work. Leaves out
//! the client's connection before and after (see `connection`), and what an event means for it: the machine of
//! the connection (part `connection`) is told what happened, and says what to do.

use crate::body::{Body, Broken, Wrap, make_room, pump, send};
use crate::cached::{self, Fetch, Heard};
use crate::heads::{self, Onward};
use crate::mend::mend_colons;
use crate::migration::Watch;
use crate::outcome::{Ended, Failed, Unanswered};
use crate::parts::connection::Machine;
use crate::parts::{Panicked, headers};
use crate::plan::Plan;
use crate::refusal::Refusal;
use crate::shared::Shared;
use crate::tunnel::{self, End, Passed};
use crate::upgrade;
use crate::upload::Upload;
use crate::upstreams::{Link, Server};
use std::future::Future;
use std::net::IpAddr;
use std::pin::pin;
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpStream;
use tokio::net::tcp::{ReadHalf, WriteHalf};
use tokio::time::{Instant, timeout_at};
use wire::cache::Stored;
use wire::connection::{Action, Event, Side};
use wire::{Framing, ResponseFraming, ResponseHead, Version, syntax};

/// How much of an upstream's answer one read may bring.
const READ: usize = 16 * 1024;

/// What an attempt gave.
enum Relayed {
    /// A response. The flag says whether the upstream's connection may serve again.
    Response(Ended, bool),
    /// A 101 that was asked for, and passed on. What came behind it is in the upstream's buffer.
    Switched,
}

/// What an exchange needs of the client.
pub(crate) struct Client<'a> {
    pub(crate) stream: &'a mut TcpStream,
    /// What came behind the head: the beginning of the body, or of the next request.
    pub(crate) rest: &'a mut Vec<u8>,
    /// Room for what is written, kept from one request to the next.
    pub(crate) out: &'a mut Vec<u8>,
    pub(crate) address: IpAddr,
    /// Knows what the connection is in the middle of.
    pub(crate) machine: &'a mut Machine,
    /// Notes what becomes of the request, where one upstream takes over from another.
    pub(crate) watch: Option<Box<Watch>>,
}

impl Client<'_> {
    /// Sends an answer that was kept. No upstream has a part in it.
    pub(crate) async fn serve(
        &mut self,
        stored: &Stored,
        plan: &Plan<'_>,
        shared: &Shared,
    ) -> Result<Ended, Unanswered> {
        note_stop(self.machine, shared)?;
        let (_, mut write) = self.stream.split();
        Ok(serve(&mut write, self.out, self.machine, stored, plan, shared).await?)
    }

    /// Nothing came of the request: what does the machine make of it?
    pub(crate) fn unanswered(&mut self, failed: Failed, shared: &Shared) -> Unanswered {
        let (refusal, event) = match failed {
            Failed::Refused(unanswered) => return unanswered,
            Failed::Silent(text) => (Refusal::new(502, text), Event::Closed(Side::Upstream)),
            Failed::Unreachable(refusal, event) => (refusal, event),
            Failed::Instead(refusal) => {
                let event = Event::Refused(refusal.status);
                (refusal, event)
            }
            Failed::Unsupported => {
                (Refusal::new(501, "the upstream does not support the request"), Event::Refused(501))
            }
            Failed::AskAgain => (Refusal::upstream("it answers 304 to no condition"), Event::Refused(502)),
        };
        match note_stop(self.machine, shared).and_then(|()| self.machine.step(event)) {
            Ok(action) => Unanswered { refusal, action: Ok(action) },
            Err(panic) => panic.into(),
        }
    }
}

/// Tells the machine that the proxy is stopping, if it is.
fn note_stop(machine: &mut Machine, shared: &Shared) -> Result<(), Panicked> {
    if shared.is_draining() {
        machine.step(Event::StopAsked)?;
    }
    Ok(())
}

/// One attempt on one connection. The flag says whether the connection may serve again.
pub(crate) async fn exchange(
    client: &mut Client<'_>,
    plan: &Plan<'_>,
    server: &Server,
    link: &mut Link,
    fetch: &mut Option<Fetch<'_>>,
    shared: &Shared,
) -> Result<(Ended, bool), Failed> {
    let patience = shared.settings.timeouts.body;
    let (mut client_read, mut client_write) = client.stream.split();
    let (mut upstream_read, mut upstream_write) = link.stream.split();
    let out = &mut *client.out;
    let machine = &mut *client.machine;
    let watch = &mut client.watch;
    let address = client.address;
    out.clear();
    let stale = fetch.as_ref().and_then(|fetch| fetch.stale.as_deref());
    heads::request(out, plan, server.url.authority(), address, stale, &shared.via)?;
    if let Some(fetch) = fetch {
        fetch.sending(shared);
    }

    if matches!(plan.framing, Framing::Empty | Framing::Length(0)) {
        // A failure here is not the end: an upstream that closes may have said why. Reading will tell.
        let _ = send(&mut upstream_write, out, b"", patience).await;
        let mut upload = Upload::none();
        let mut answer = Answer {
            from: &mut upstream_read,
            buffer: &mut link.buffer,
            to: &mut client_write,
            out,
            machine,
            address,
            fetch,
            watch,
        };
        return match answer.relay(plan, &mut upload, shared).await? {
            Relayed::Response(ended, reusable) => Ok((ended, reusable)),
            Relayed::Switched => {
                let near = End { read: &mut client_read, write: &mut client_write, held: client.rest };
                let far = End { read: &mut upstream_read, write: &mut upstream_write, held: &link.buffer };
                // In a box, as the upload below: a future is as large as its largest branch, and is moved with all of it.
                let passed = Box::pin(tunnel::run(near, far, shared.settings.timeouts.tunnel, machine)).await;
                let Passed { up: request_bytes, down: response_bytes, action } = passed;
                Ok((Ended { status: 101, request_bytes, response_bytes, action }, false))
            }
        };
    }

    let wrap = if plan.framing == Framing::Chunked { Wrap::Chunked } else { Wrap::Plain };
    let body = Body::new(plan.framing, &shared.settings);
    let mut moved = 0;
    // Two buffers, because both directions move at once from here on.
    let mut answer_out = Vec::new();
    let uploading = async {
        pump(&mut client_read, client.rest, 0, body, &mut upstream_write, out, wrap, patience, &mut moved, |_| {}).await
    };
    let relayed = Box::pin(async {
        let uploading = pin!(uploading);
        let mut upload = Upload::new(uploading);
        let mut answer = Answer {
            from: &mut upstream_read,
            buffer: &mut link.buffer,
            to: &mut client_write,
            out: &mut answer_out,
            machine,
            address,
            fetch,
            watch,
        };
        answer.relay(plan, &mut upload, shared).await
    })
    .await?;
    match relayed {
        Relayed::Response(ended, reusable) => Ok((Ended { request_bytes: moved, ..ended }, reusable)),
        Relayed::Switched => unreachable!("a request with a body asks for no other protocol"),
    }
}

/// Sends an answer that was kept, or a 304 to a client that has it already.
pub(crate) async fn serve(
    to: &mut WriteHalf<'_>,
    out: &mut Vec<u8>,
    machine: &mut Machine,
    stored: &Stored,
    plan: &Plan<'_>,
    shared: &Shared,
) -> Result<Ended, Panicked> {
    let not_modified = stored.is_not_modified(plan.head.as_fields());
    let status = if not_modified { 304 } else { stored.status() };
    let keep = match machine.step(Event::AnswerReady { delimited: true })? {
        Action::Answer { keep } => keep,
        action => return Ok(Ended { status: 500, request_bytes: 0, response_bytes: 0, action }),
    };
    machine.tell_responding(status);
    out.clear();
    heads::stored(out, stored, status, stored.age_s(shared.now_ms()), keep, plan, &shared.via);
    let body = if not_modified || plan.is_head { b"" } else { stored.body() };
    let sent = send(to, out, body, shared.settings.timeouts.body).await;
    let event = if sent.is_ok() { Event::AnswerEnded } else { Event::Closed(Side::Client) };
    let action = machine.step(event)?;
    Ok(Ended { status, request_bytes: 0, response_bytes: body.len() as u64, action })
}

/// The response on its way from the upstream to the client.
struct Answer<'a, 'b, 'c> {
    from: &'a mut ReadHalf<'b>,
    buffer: &'a mut Vec<u8>,
    to: &'a mut WriteHalf<'b>,
    out: &'a mut Vec<u8>,
    machine: &'a mut Machine,
    /// Whose request it is, for the log.
    address: IpAddr,
    /// Collects the answer for the cache, if it is to.
    fetch: &'a mut Option<Fetch<'c>>,
    watch: &'a mut Option<Box<Watch>>,
}

impl Answer<'_, '_, '_> {
    /// Brings the machine up to date, and then asks it about `event`.
    fn step<F: Future<Output = Result<(), Broken>>>(
        &mut self,
        upload: &mut Upload<'_, F>,
        event: Event,
        shared: &Shared,
    ) -> Result<Action, Panicked> {
        upload.tell(self.machine)?;
        note_stop(self.machine, shared)?;
        self.machine.step(event)
    }

    /// Nothing came of the request: `refusal` is what we would say.
    fn failed<F: Future<Output = Result<(), Broken>>>(
        &mut self,
        upload: &mut Upload<'_, F>,
        (refusal, event): (Refusal, Event),
        shared: &Shared,
    ) -> Failed {
        match self.step(upload, event, shared) {
            Ok(action) => Failed::Refused(Unanswered { refusal, action: Ok(action) }),
            Err(panic) => panic.into(),
        }
    }

    /// The same, because of what the upstream has sent.
    fn faulty<F: Future<Output = Result<(), Broken>>>(
        &mut self,
        upload: &mut Upload<'_, F>,
        what: impl std::fmt::Display,
        shared: &Shared,
    ) -> Failed {
        self.failed(upload, (Refusal::upstream(what), Event::Refused(502)), shared)
    }

    async fn relay<F: Future<Output = Result<(), Broken>>>(
        &mut self,
        plan: &Plan<'_>,
        upload: &mut Upload<'_, F>,
        shared: &Shared,
    ) -> Result<Relayed, Failed> {
        let settings = &shared.settings;
        let patience = settings.timeouts.body;
        let client = plan.head.version();
        let (head, end) = self.final_head(client, upload, shared).await?;
        self.out.clear();

        let status = head.status();
        if self.watch.as_mut().is_some_and(|watch| watch.heard(&head)) {
            return Err(Failed::Unsupported);
        }
        if status == 101 {
            return self.switch(plan, head, end, upload, shared).await;
        }
        cached::forget(plan, status, (self.address, self.machine.connection()), shared);
        match cached::heard(self.fetch, &head, shared)? {
            Heard::GoOn => {}
            Heard::Fresh(stored) => return self.freshened(plan, head, end, &stored, shared).await,
            Heard::AskAgain => return Err(Failed::AskAgain),
        }
        let said = headers::connection(head.as_fields())?;
        let framing = headers::response_framing(head.as_fields(), head.version(), status, plan.is_head)?;
        let ResponseFraming { framing, length } = match framing {
            Ok(framing) => framing,
            Err(fault) => return Err(self.faulty(upload, fault, shared)),
        };
        let (wrap, onward) = match (framing, client) {
            (Framing::Chunked | Framing::UntilClose, Version::Http11) => (Wrap::Chunked, Framing::Chunked),
            // RFC 9112 6.1: no Transfer-Encoding to a client that does not know it.
            (Framing::Chunked | Framing::UntilClose, Version::Http10) => (Wrap::Plain, Framing::UntilClose),
            (Framing::Empty | Framing::Length(_), _) => (Wrap::Plain, framing),
        };
        let delimited = onward != Framing::UntilClose;
        let keep = match self.step(upload, Event::AnswerReady { delimited }, shared)? {
            Action::Answer { keep } => keep,
            other => {
                let refusal = Refusal::new(500, "the connection takes no answer");
                return Err(Failed::Refused(Unanswered { refusal, action: Ok(other) }));
            }
        };
        self.machine.tell_responding(status);
        let onward = Onward { framing: onward, length, closes: !keep, client };
        heads::response(self.out, &head, onward, plan.edits, &shared.via)?;

        let persistent = !said.close && (head.version() == Version::Http11 || said.keep_alive);
        *self.buffer = head.into_bytes();
        let mut moved = 0;
        let body = Body::new(framing, settings);
        let see = |data: &[u8]| {
            cached::passed(self.fetch, data, shared);
            if let Some(watch) = self.watch {
                watch.passed(data);
            }
        };
        let pumping = pump(self.from, self.buffer, end, body, self.to, self.out, wrap, patience, &mut moved, see);
        let result = upload.beside(pumping).await;

        let event = match result {
            Some(Ok(())) => Event::AnswerEnded,
            Some(Err(Broken::Short | Broken::Malformed(_))) => Event::Closed(Side::Upstream),
            Some(Err(Broken::SourceSilent)) => Event::TimedOut(Side::Upstream),
            Some(Err(Broken::Target)) | None => Event::Closed(Side::Client),
        };
        if let Some(watch) = self.watch {
            watch.ended(event);
        }
        let whole = event == Event::AnswerEnded;
        if whole {
            cached::ended(self.fetch, shared);
        } else if event != Event::Closed(Side::Client) {
            cached::failed(self.fetch, shared);
        }
        // Bytes behind the response belong to no request: whoever sent them is not to be trusted with the next.
        let reusable =
            whole && persistent && framing != Framing::UntilClose && upload.is_complete() && self.buffer.is_empty();
        // The answer is out, so a part that panics now can only cost the connection.
        let action = upload.tell(self.machine).and_then(|()| self.machine.step(event)).unwrap_or_else(|panic| {
            shared.log.refused(500, &panic.to_string(), self.address, Some(self.machine.connection()));
            Action::Close
        });
        Ok(Relayed::Response(Ended { status, request_bytes: 0, response_bytes: moved, action }, reusable))
    }

    /// Sends a kept answer in the place of the 304 that has freshened it.
    async fn freshened(
        &mut self,
        plan: &Plan<'_>,
        head: ResponseHead,
        end: usize,
        stored: &Stored,
        shared: &Shared,
    ) -> Result<Relayed, Failed> {
        let said = headers::connection(head.as_fields())?;
        let persistent = !said.close && (head.version() == Version::Http11 || said.keep_alive);
        // A 304 ends with its head (RFC 9112 6.3).
        let reusable = persistent && self.buffer_after(head, end);
        let ended = serve(self.to, self.out, self.machine, stored, plan, shared).await?;
        Ok(Relayed::Response(ended, reusable))
    }

    /// Gives the buffer of `head` back; says whether nothing stands behind the head.
    fn buffer_after(&mut self, head: ResponseHead, end: usize) -> bool {
        *self.buffer = head.into_bytes();
        self.buffer.drain(..end);
        self.buffer.is_empty()
    }

    /// Passes a 101 on, if the machine says that it was asked for.
    async fn switch<F: Future<Output = Result<(), Broken>>>(
        &mut self,
        plan: &Plan<'_>,
        head: ResponseHead,
        end: usize,
        upload: &mut Upload<'_, F>,
        shared: &Shared,
    ) -> Result<Relayed, Failed> {
        if plan.upgrade && !upgrade::is_granted(plan.head.as_fields(), head.as_fields())? {
            return Err(self.faulty(upload, "it switches to a protocol that nobody asked for", shared));
        }
        match self.step(upload, Event::Switched, shared)? {
            Action::Tunnel if plan.upgrade => {}
            other => {
                let refusal = Refusal::upstream("it switches protocols without being asked");
                return Err(Failed::Refused(Unanswered { refusal, action: Ok(other) }));
            }
        }
        heads::switched(self.out, &head, &shared.via)?;
        // A client that is gone shows itself again in the tunnel.
        send(self.to, self.out, b"", shared.settings.timeouts.body).await.ok();
        *self.buffer = head.into_bytes();
        self.buffer.drain(..end);
        Ok(Relayed::Switched)
    }

    /// Reads heads until one is final, and passes the interim ones on. The number is where the head ends.
    async fn final_head<F: Future<Output = Result<(), Broken>>>(
        &mut self,
        client: Version,
        upload: &mut Upload<'_, F>,
        shared: &Shared,
    ) -> Result<(ResponseHead, usize), Failed> {
        let settings = &shared.settings;
        for before in 0..=settings.interim {
            let end = self.head_end(before > 0, upload, shared).await?;
            let end = mend_colons(self.buffer, end);
            let bytes = std::mem::take(self.buffer);
            let head = match ResponseHead::parse(bytes, settings.limits.fields) {
                Ok(head) => head,
                Err(error) => return Err(self.faulty(upload, error, shared)),
            };
            match head.status() {
                100 | 102..=199 => {
                    // RFC 9110 15.2: an HTTP/1.0 client does not know interim responses.
                    if client == Version::Http11 {
                        let mut interim = Vec::new();
                        heads::interim(&mut interim, &head, &shared.via)?;
                        let sending = send(self.to, &interim, b"", settings.timeouts.body);
                        // A client that is gone shows itself again when the final response is written.
                        if upload.beside(sending).await.is_none() {
                            return Err(self.failed(upload, upload.fault(), shared));
                        }
                    }
                    *self.buffer = head.into_bytes();
                    self.buffer.drain(..end);
                }
                _ => return Ok((head, end)),
            }
        }
        Err(self.faulty(upload, format!("it sends more than {} interim responses", settings.interim), shared))
    }

    /// Reads until the buffer holds a whole head; says where it ends. `has_spoken`: there were interim heads before.
    async fn head_end<F: Future<Output = Result<(), Broken>>>(
        &mut self,
        has_spoken: bool,
        upload: &mut Upload<'_, F>,
        shared: &Shared,
    ) -> Result<usize, Failed> {
        let settings = &shared.settings;
        let mut until = None;
        loop {
            match syntax::end_of_head(self.buffer) {
                Some(end) if end <= settings.limits.head => return Ok(end),
                Some(_) | None => {}
            }
            if self.buffer.len() > settings.limits.head {
                return Err(self.faulty(upload, "its head is too long", shared));
            }
            // What cannot become a head any more needs no time-out to be known as garbage.
            let start = &self.buffer[..self.buffer.len().min(5)];
            if !b"HTTP/".starts_with(start) {
                return Err(self.faulty(upload, "it does not begin with HTTP/", shared));
            }
            make_room(self.buffer, READ);
            let reading = self.from.read_buf(self.buffer);
            let read = if upload.running.is_some() {
                match upload.racing(reading).await {
                    Some(Some(read)) => read,
                    // Sent: from here on the upstream is the one who has to move.
                    Some(None) => continue,
                    None => return Err(self.failed(upload, upload.fault(), shared)),
                }
            } else {
                let until = *until.get_or_insert_with(|| Instant::now() + settings.timeouts.response);
                match timeout_at(until, reading).await {
                    Ok(read) => read,
                    Err(_) => {
                        let refusal = Refusal::new(504, "the upstream did not answer in time");
                        return Err(self.failed(upload, (refusal, Event::TimedOut(Side::Upstream)), shared));
                    }
                }
            };
            match read {
                // RFC 9112 9.3.1 lets a request be sent again if the connection closes before any of the response.
                Ok(0) | Err(_) if self.buffer.is_empty() && !has_spoken => {
                    let why = read.err().map_or("it closed".to_owned(), |error| error.to_string());
                    return Err(Failed::Silent(format!("the upstream gave no answer: {why}")));
                }
                Ok(0) | Err(_) if self.buffer.is_empty() => {
                    return Err(self.faulty(upload, "it ends before the final response", shared));
                }
                Ok(0) | Err(_) => {
                    return Err(self.faulty(upload, "it ends in the middle of the head", shared));
                }
                Ok(_) => {}
            }
        }
    }
}
