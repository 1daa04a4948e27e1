//! The listener for operators: what the proxy is doing, as JSON, as metrics, and as a stream of events.
//!
//! Owns its socket and a small, strict reader of requests, one a connection. It uses none of the parts: when one
//! of yours panics, this is where you look. It asks for no password, so it listens on loopback only, and answers
//! no request that a web page could have made: a name other than our own address in Host, or an Origin, is refused.

use crate::events::{Event, Stamped};
use crate::operator;
use crate::origin;
use crate::parts::analytics;
use crate::recent::Recent;
use crate::refusal::reason;
use crate::shared::Shared;
use crate::status;
use crate::successor::Unready;
use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tokio::time::timeout;
use wire::{RequestHead, syntax};

const PATIENCE: Duration = Duration::from_secs(5);
const HELP: &str = "try /status, /metrics, /report, /events, POST /reload, POST /rollback, or POST /restart\n";

/// An admin listener.
#[derive(Debug)]
pub(crate) struct Admin {
    listener: TcpListener,
}

/// An answer with a body that is known.
struct Answer {
    status: u16,
    media_type: &'static str,
    body: Vec<u8>,
}

impl Answer {
    fn text(status: u16, text: impl Into<String>) -> Self {
        Self { status, media_type: "text/plain; charset=utf-8", body: text.into().into_bytes() }
    }

    fn json(value: &serde_json::Value) -> Self {
        Self { status: 200, media_type: "application/json", body: format!("{value:#}\n").into_bytes() }
    }
}

impl Admin {
    /// Answers whoever connects to `listener`.
    pub(crate) fn new(listener: TcpListener) -> Self {
        Self { listener }
    }

    /// Serves until `closes` ends, and then finishes what runs. `closed` is dropped when nobody can connect any more.
    pub(crate) async fn run(self, shared: Arc<Shared>, closes: oneshot::Receiver<()>, closed: oneshot::Sender<()>) {
        let mut open = JoinSet::new();
        let mut closes = pin!(closes);
        loop {
            tokio::select! {
                _ = &mut closes => break,
                accepted = self.listener.accept() => match accepted {
                    Ok((stream, _)) => {
                        let shared = Arc::clone(&shared);
                        open.spawn(async move { serve(stream, &shared).await.ok() });
                    }
                    Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
                },
                Some(_) = open.join_next() => {}
            }
        }
        drop(self.listener);
        drop(closed);
        while open.join_next().await.is_some() {}
    }
}

/// One request and its answer. A client that is gone, or too slow, has no one to complain to.
async fn serve(mut stream: TcpStream, shared: &Arc<Shared>) -> io::Result<()> {
    let head = match timeout(PATIENCE, read_head(&mut stream)).await {
        Ok(Ok(Some(head))) => head,
        Ok(Ok(None)) => return send(&mut stream, &Answer::text(400, "this is no HTTP request\n"), false).await,
        Ok(Err(error)) => return Err(error),
        Err(_) => return Ok(()),
    };
    let us = stream.local_addr()?;
    let target = String::from_utf8_lossy(head.target()).into_owned();
    let path = target.split('?').next().unwrap_or_default();
    let reads = matches!(head.method(), b"GET" | b"HEAD");
    let answer = match path {
        _ if !is_for_us(&head, us) => {
            Answer::text(403, format!("this listener answers {us} only, and no request from a web page\n"))
        }
        "/status" if reads => Answer::json(&status::status(shared)),
        "/metrics" if reads => Answer {
            status: 200,
            media_type: "text/plain; version=0.0.4; charset=utf-8",
            body: status::metrics(shared).into_bytes(),
        },
        "/report" if reads => report(Arc::clone(shared)).await,
        "/events" if head.method() == b"GET" => return stream_events(stream, shared).await,
        "/reload" if head.method() == b"POST" => reload(Arc::clone(shared)).await,
        "/rollback" if head.method() == b"POST" => roll_back(shared),
        "/restart" if head.method() == b"POST" => restart(shared).await,
        "/reload" | "/rollback" | "/restart" => Answer::text(405, "this place is for POST\n"),
        "/status" | "/metrics" | "/report" | "/events" => Answer::text(405, "this place is for GET\n"),
        _ => Answer::text(404, HELP),
    };
    send(&mut stream, &answer, head.method() == b"HEAD").await
}

/// What the newest lines of the access log say together.
async fn report(shared: Arc<Shared>) -> Answer {
    let counted = tokio::task::spawn_blocking(move || {
        let log = shared.log.recent.as_ref().map(Recent::text).unwrap_or_default();
        analytics::report(&log, 10)
    });
    match counted.await {
        Ok(Ok(report)) => Answer::json(&status::report(&report)),
        Ok(Err(panic)) => Answer::text(500, format!("{panic}\n")),
        Err(error) => Answer::text(500, format!("{error}\n")),
    }
}

async fn reload(shared: Arc<Shared>) -> Answer {
    match operator::reload(shared).await {
        Ok(text) => Answer::text(200, text + "\n"),
        Err(text) => Answer::text(409, text + "\n"),
    }
}

async fn restart(shared: &Shared) -> Answer {
    match operator::restart(shared).await {
        Ok(pid) => Answer::text(200, format!("process {pid} takes over\n")),
        Err(Unready { too_late, what }) => {
            Answer::text(if too_late { 504 } else { 409 }, format!("this process goes on serving: {what}\n"))
        }
    }
}

/// Gives everything back to the old upstream of a migration.
fn roll_back(shared: &Shared) -> Answer {
    match shared.migration.as_ref().map(|migration| migration.roll_back(shared)) {
        Some(Ok(true)) => Answer::text(200, "the old upstream answers everybody again\n"),
        Some(Ok(false)) => Answer::text(409, "the old upstream answers everybody already: see /status\n"),
        Some(Err(panic)) => Answer::text(500, format!("{panic}\n")),
        None => Answer::text(409, "there is no migration\nhelp: describe one in the settings, under [migration]\n"),
    }
}

/// A whole request head, or `None` when it can't become one.
async fn read_head(stream: &mut TcpStream) -> io::Result<Option<RequestHead>> {
    let limits = wire::Limits::default();
    let mut buffer = Vec::with_capacity(1024);
    loop {
        if let Some(end) = syntax::end_of_head(&buffer) {
            buffer.truncate(end);
            return Ok(origin::parse(buffer, &limits).ok());
        }
        if buffer.len() > limits.head || stream.read_buf(&mut buffer).await? == 0 {
            return Ok(None);
        }
    }
}

/// Whether a request names us by our address, as curl and a scraper do, and as a page of another site can't.
fn is_for_us(head: &RequestHead, us: SocketAddr) -> bool {
    let mut hosts = head.fields().filter(|(name, _)| name.eq_ignore_ascii_case(b"host"));
    let port = us.port();
    let names_us = match (hosts.next(), hosts.next()) {
        (Some((_, host)), None) => host == us.to_string().as_bytes() || host == format!("localhost:{port}").as_bytes(),
        _ => false,
    };
    names_us && !head.fields().any(|(name, _)| name.eq_ignore_ascii_case(b"origin"))
}

async fn send(stream: &mut TcpStream, answer: &Answer, answers_head: bool) -> io::Result<()> {
    let Answer { status, media_type, body } = answer;
    let mut out = Vec::with_capacity(256 + body.len());
    write!(
        out,
        "HTTP/1.1 {status} {}\r\nContent-Type: {media_type}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
         Connection: close\r\n\r\n",
        reason(*status),
        body.len()
    )?;
    if !answers_head {
        out.extend_from_slice(body);
    }
    match timeout(PATIENCE, stream.write_all(&out)).await {
        Ok(sent) => sent?,
        Err(_) => return Ok(()),
    }
    stream.shutdown().await
}

/// Server-sent events, one JSON object each, until the listener leaves or the proxy stops.
async fn stream_events(mut stream: TcpStream, shared: &Shared) -> io::Result<()> {
    let mut events = shared.log.events.listen();
    stream
        .write_all(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\
              Connection: close\r\n\r\n",
        )
        .await?;
    let mut out = Vec::new();
    let mut scratch = [0; 64];
    loop {
        let event = tokio::select! {
            // What was told before the stop is passed on, such as the news of a successor.
            biased;
            event = events.recv() => event,
            () = shared.draining() => return stream.shutdown().await,
            // A listener has nothing more to say, so this is its end.
            _ = stream.read(&mut scratch) => return Ok(()),
        };
        out.clear();
        match event {
            Ok(event) => write_event(&mut out, &event),
            Err(RecvError::Lagged(count)) => {
                write_event(&mut out, &shared.log.events.stamped(Event::Missed { count }));
            }
            Err(RecvError::Closed) => return Ok(()),
        }
        match timeout(PATIENCE, stream.write_all(&out)).await {
            Ok(sent) => sent?,
            Err(_) => return Ok(()),
        }
    }
}

fn write_event(out: &mut Vec<u8>, event: &Stamped) {
    out.extend_from_slice(b"data: ");
    serde_json::to_writer(&mut *out, event).expect("plain data has a JSON form, and a Vec takes every byte");
    out.extend_from_slice(b"\n\n");
}
