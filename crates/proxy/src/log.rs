//! What became of each request: counted, told to whoever watches, and written to the access log.
//!
//! Owns the counters, the stream of events, and the threads that write. A reader that does not read must not
//! stop the proxy: the queue is bounded, and a line that finds it full is dropped and counted. When standard
//! output closes, the proxy goes on serving.

use crate::config::Access;
use crate::date;
use crate::events::{Event, Events, Request};
use crate::metrics::Metrics;
use crate::parts::logline;
use crate::recent::Recent;
use serde::Serialize;
use std::borrow::Cow;
use std::io::Write;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::timeout;
use wire::logline::{Entry, RequestWords};
use wire::{Note, RequestHead};

/// Lines that may wait for the writer.
const QUEUE: usize = 8 * 1024;

/// Where finished requests go. Shared by all connections: nothing here takes a lock of ours.
#[derive(Debug)]
pub(crate) struct Log {
    pub(crate) metrics: Metrics,
    /// Shared with the machine of each connection.
    pub(crate) events: Arc<Events>,
    access: Access,
    /// The newest lines, if somebody may ask for them.
    pub(crate) recent: Option<Recent>,
    lines: Option<SyncSender<Vec<u8>>>,
    dropped: AtomicU64,
    /// Ends when the writer has written everything.
    written: Option<oneshot::Receiver<()>>,
}

/// What a finished request leaves behind.
pub(crate) struct Finished<'a> {
    pub(crate) note: &'a Note,
    pub(crate) head: &'a RequestHead,
    pub(crate) connection: u64,
    pub(crate) client: IpAddr,
    pub(crate) status: u16,
    pub(crate) request_bytes: u64,
    pub(crate) response_bytes: u64,
    pub(crate) took: Duration,
}

impl Finished<'_> {
    fn entry(&self) -> Entry<'_> {
        let named = |wanted: &str| {
            let mut fields = self.head.fields();
            fields.find(|(name, _)| name.eq_ignore_ascii_case(wanted.as_bytes())).map(|(_, value)| Cow::Borrowed(value))
        };
        Entry {
            client: self.client,
            time: date::unix_s(),
            request: Some(RequestWords {
                method: Cow::Borrowed(self.head.method()),
                target: Cow::Borrowed(self.head.target()),
                version: self.head.version(),
            }),
            status: self.status,
            body_bytes: self.response_bytes,
            referer: named("referer"),
            user_agent: named("user-agent"),
            took_us: micros(self.took),
        }
    }

    fn event(&self, connection: Option<u64>) -> Event {
        Event::Request(Request {
            connection,
            method: self.note.method.clone(),
            target: self.note.target.clone(),
            status: self.status,
            request_bytes: self.request_bytes,
            response_bytes: self.response_bytes,
            micros: micros(self.took),
        })
    }
}

impl Log {
    /// A log whose lines, if `access` asks for any, go to standard output. With `keeps`, the newest stay in memory.
    pub(crate) fn new(access: Access, keeps: bool) -> Self {
        let (lines, written) = match access {
            Access::Off => (None, None),
            Access::Json | Access::Combined => {
                let (lines, written) = writer(std::io::stdout());
                (Some(lines), Some(written))
            }
        };
        Self {
            metrics: Metrics::new(),
            events: Arc::new(Events::new()),
            access,
            recent: keeps.then(Recent::default),
            lines,
            dropped: AtomicU64::default(),
            written,
        }
    }

    /// Notes one request that got an answer.
    pub(crate) fn finished(&self, request: &Finished<'_>) {
        self.metrics.finished(request.status, request.request_bytes, request.response_bytes, request.took);
        self.events.tell(|| request.event(Some(request.connection)));
        if self.access == Access::Json {
            self.write(json_line(&request.event(None)));
        }
        if self.wants_entries() {
            self.write_entry(&request.entry());
        }
    }

    /// Notes a head that never became a request.
    pub(crate) fn refused(&self, status: u16, text: &str, client: IpAddr, connection: Option<u64>) {
        self.metrics.refused();
        let event = |connection| Event::Refused { connection, status, reason: text.to_owned() };
        self.events.tell(|| event(connection));
        if self.access == Access::Json {
            self.write(json_line(&event(None)));
        }
        if self.wants_entries() {
            let (time, request, body_bytes, took_us) = (date::unix_s(), None, 0, 0);
            let (referer, user_agent) = (None, None);
            self.write_entry(&Entry { client, time, request, status, body_bytes, referer, user_agent, took_us });
        }
    }

    fn wants_entries(&self) -> bool {
        self.access == Access::Combined || self.recent.is_some()
    }

    /// A part that panics here costs its line. The request has its answer already.
    fn write_entry(&self, entry: &Entry<'_>) {
        match logline::line(entry) {
            Ok(line) => {
                if let Some(recent) = &self.recent {
                    recent.keep(&line);
                }
                if self.access == Access::Combined {
                    self.write(line);
                }
            }
            Err(_) => _ = self.dropped.fetch_add(1, Relaxed),
        }
    }

    /// Lines that found no room in the queue.
    pub(crate) fn dropped(&self) -> u64 {
        self.dropped.load(Relaxed)
    }

    fn write(&self, line: Vec<u8>) {
        if self.lines.as_ref().is_some_and(|lines| lines.try_send(line).is_err()) {
            self.dropped.fetch_add(1, Relaxed);
        }
    }

    /// Waits until every line is written, but no longer than `patience`.
    pub(crate) async fn close(mut self, patience: Duration) {
        drop(self.lines.take());
        if let Some(written) = self.written.take() {
            timeout(patience, written).await.ok();
        }
    }
}

fn micros(took: Duration) -> u64 {
    u64::try_from(took.as_micros()).unwrap_or(u64::MAX)
}

fn json_line(event: &impl Serialize) -> Vec<u8> {
    let mut line = serde_json::to_vec(event).expect("plain data has a JSON form");
    line.push(b'\n');
    line
}

/// Lets panics go to standard error by way of a queue.
///
/// The hook of the standard library writes while the panicking thread waits. With a part that panics on every
/// request, and a parent that does not read our standard error, the pipe fills and every worker stands still.
pub fn report_panics() {
    let (lines, _) = writer(std::io::stderr());
    std::panic::set_hook(Box::new(move |panic| {
        lines.try_send(format!("proxylings-proxy: {panic}\n").into_bytes()).ok();
    }));
}

/// A thread that writes lines to `to`; the second value ends when it has written the last one.
fn writer(mut to: impl Write + Send + 'static) -> (SyncSender<Vec<u8>>, oneshot::Receiver<()>) {
    let (lines, queue) = sync_channel::<Vec<u8>>(QUEUE);
    let (done, written) = oneshot::channel();
    thread::spawn(move || {
        let mut open = true;
        for line in queue {
            // After a failure we go on taking lines, so that nobody waits for room in the queue.
            open = open && to.write_all(&line).is_ok();
        }
        // Whoever waited for us may have lost patience.
        done.send(()).ok();
    });
    (lines, written)
}
