//! One line of JSON for each finished request, on standard output; panics on standard error.
//!
//! Owns the threads that write. A reader that does not read must not stop the proxy: the queue is bounded,
//! and a line that finds it full is dropped. When standard output closes, the proxy goes on serving.

use std::io::Write;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::time::Duration;
use std::{fmt, thread};
use tokio::sync::oneshot;
use tokio::time::timeout;
use wire::Note;

/// Lines that may wait for the writer.
const QUEUE: usize = 8 * 1024;

/// Where finished requests are written to. Shared by all connections: sending takes no lock of ours.
#[derive(Debug)]
pub struct Log {
    lines: Option<SyncSender<String>>,
    /// Ends when the writer has written everything.
    written: Option<oneshot::Receiver<()>>,
}

/// What a finished request leaves behind.
pub(crate) struct Finished<'a> {
    pub(crate) note: &'a Note,
    pub(crate) status: u16,
    pub(crate) request_bytes: u64,
    pub(crate) response_bytes: u64,
    pub(crate) took: Duration,
}

impl Log {
    /// A log that drops everything.
    pub fn off() -> Self {
        Self { lines: None, written: None }
    }

    /// A log on standard output.
    pub fn stdout() -> Self {
        let (lines, written) = writer(std::io::stdout());
        Self { lines: Some(lines), written: Some(written) }
    }

    /// Notes one request that got an answer.
    pub(crate) fn finished(&self, request: &Finished<'_>) {
        let Some(lines) = &self.lines else { return };
        let line = format!(
            "{{\"event\":\"request\",\"method\":{},\"target\":{},\"status\":{},\"request_bytes\":{},\"response_bytes\":{},\"micros\":{}}}\n",
            Json(&request.note.method),
            Json(&request.note.target),
            request.status,
            request.request_bytes,
            request.response_bytes,
            request.took.as_micros(),
        );
        lines.try_send(line).ok();
    }

    /// Notes a head that never became a request.
    pub(crate) fn refused(&self, status: u16, text: &str) {
        let Some(lines) = &self.lines else { return };
        let line = format!("{{\"event\":\"refused\",\"status\":{status},\"reason\":{}}}\n", Json(text));
        lines.try_send(line).ok();
    }

    /// Waits until every line is written, but no longer than `patience`.
    pub(crate) async fn close(mut self, patience: Duration) {
        drop(self.lines.take());
        if let Some(written) = self.written.take() {
            timeout(patience, written).await.ok();
        }
    }
}

/// Lets panics go to standard error by way of a queue.
///
/// The hook of the standard library writes while the panicking thread waits. With a part that panics on every
/// request, and a parent that does not read our standard error, the pipe fills and every worker stands still.
pub fn report_panics() {
    let (lines, _) = writer(std::io::stderr());
    std::panic::set_hook(Box::new(move |panic| {
        lines.try_send(format!("proxylings-proxy: {panic}\n")).ok();
    }));
}

/// A thread that writes lines to `to`; the second value ends when it has written the last one.
fn writer(mut to: impl Write + Send + 'static) -> (SyncSender<String>, oneshot::Receiver<()>) {
    let (lines, queue) = sync_channel::<String>(QUEUE);
    let (done, written) = oneshot::channel();
    thread::spawn(move || {
        let mut open = true;
        for line in queue {
            // After a failure we go on taking lines, so that nobody waits for room in the queue.
            open = open && to.write_all(line.as_bytes()).is_ok();
        }
        // Whoever waited for us may have lost patience.
        done.send(()).ok();
    });
    (lines, written)
}

/// A text as a JSON string, quotes included.
pub struct Json<'a>(pub &'a str);

impl fmt::Display for Json<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write as _;
        f.write_char('"')?;
        for character in self.0.chars() {
            match character {
                '"' | '\\' => write!(f, "\\{character}")?,
                '\0'..='\u{1f}' | '\u{7f}' => write!(f, "\\u{:04x}", u32::from(character))?,
                _ => f.write_char(character)?,
            }
        }
        f.write_char('"')
    }
}

#[cfg(test)]
mod tests {
    use super::Json;

    #[test]
    fn strings_stay_strings() {
        for (text, expected) in [
            ("/a", r#""/a""#),
            (r#"a"b\c"#, r#""a\"b\\c""#),
            ("a\nb\u{7f}", r#""a\u000ab\u007f""#),
            ("\u{e9}", "\"\u{e9}\""),
        ] {
            assert_eq!(Json(text).to_string(), expected);
        }
    }
}
