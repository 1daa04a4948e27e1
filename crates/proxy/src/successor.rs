//! The process that is to take over: started, heard, and let go or ended.
//!
//! Owns the child until it takes over. Part `drain` says which end a handover has; `handed` is the other end of the
//! line. Leaves out who asks for a restart, and the stop that follows (see `operator` and `server`).

use crate::handed::{ADMIN, CLIENTS, FAILED, GO, PREDECESSOR, READY};
use crate::parts::drain;
use command_fds::{CommandFdExt as _, FdMapping};
use std::ffi::OsString;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream as Line;
use std::process::{Child, Command};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::UnixStream;
use tokio::task::{JoinError, spawn_blocking};
use tokio::time::sleep;
use wire::drain::Succession;

/// What a process may say on the line, at most.
const LONGEST: u64 = 16 * 1024;

/// How a process is started: what the system was told when it started this one.
#[derive(Clone, Debug)]
pub struct Program {
    path: OsString,
    arguments: Vec<OsString>,
}

impl Program {
    /// This program, by the name that it was started by. That name finds a file that has taken the old one's place on
    /// the disk; `/proc/self/exe` would go on meaning the old file.
    pub fn ours() -> Option<Self> {
        let mut words = std::env::args_os();
        Some(Self { path: words.next()?, arguments: words.collect() })
    }
}

/// The sockets that a successor gets.
#[derive(Debug)]
pub(crate) struct Sockets {
    pub(crate) clients: OwnedFd,
    pub(crate) admin: Option<OwnedFd>,
}

impl Sockets {
    pub(crate) fn double(&self) -> io::Result<Self> {
        let admin = self.admin.as_ref().map(OwnedFd::try_clone).transpose()?;
        Ok(Self { clients: self.clients.try_clone()?, admin })
    }
}

/// A successor that has not taken over, and why. We go on serving.
#[derive(Debug)]
pub(crate) struct Unready {
    pub(crate) too_late: bool,
    pub(crate) what: String,
}

impl Unready {
    pub(crate) fn failed(what: impl ToString) -> Self {
        Self { too_late: false, what: what.to_string() }
    }
}

/// A child that ends with this value, unless it has taken over.
#[derive(Debug)]
struct Started {
    child: Option<Child>,
    line: Option<Line>,
}

impl Started {
    /// The same program, with our sockets from descriptor 3 on. Standard input, output and error are ours, too.
    fn begin(program: &Program, sockets: Sockets) -> io::Result<Self> {
        /// After standard input, output and error.
        const FIRST: i32 = 3;
        let (ours, theirs) = Line::pair()?;
        ours.set_nonblocking(true)?;
        let given = [(CLIENTS, Some(sockets.clients)), (ADMIN, sockets.admin), (PREDECESSOR, Some(theirs.into()))];
        let given: Vec<_> = given.into_iter().filter_map(|(name, fd)| Some((name, fd?))).collect();
        let names: Vec<_> = given.iter().map(|(name, _)| *name).collect();
        let mut command = Command::new(&program.path);
        command
            .args(&program.arguments)
            .env("LISTEN_FDS", given.len().to_string())
            .env("LISTEN_FDNAMES", names.join(":"))
            // We can't know its id before it runs.
            .env_remove("LISTEN_PID");
        let mappings = (FIRST..).zip(given).map(|(child_fd, (_, parent_fd))| FdMapping { parent_fd, child_fd });
        command.fd_mappings(mappings.collect()).map_err(io::Error::other)?;
        // With `command` goes our double of the successor's end: it alone holds that end now, and its end is ours to see.
        Ok(Self { child: Some(command.spawn()?), line: Some(ours) })
    }

    /// Ends it, and says how it ended. What has ended by itself keeps its own exit code.
    fn end(&mut self) -> Option<String> {
        let mut child = self.child.take()?;
        child.kill().ok();
        child.wait().ok().map(|status| status.to_string())
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        self.end();
    }
}

/// Starts `program` with `sockets`, and lets it take over when it is ready within `patience`. Gives back its id.
///
/// Dropped before its end, this ends the successor.
pub(crate) async fn start(program: Program, sockets: Sockets, patience: Duration) -> Result<u32, Unready> {
    let path = program.path.to_string_lossy().into_owned();
    let begun = spawn_blocking(move || Started::begin(&program, sockets)).await.map_err(Unready::failed)?;
    let mut started = begun.map_err(|error| Unready::failed(format!("cannot start {path}: {error}")))?;
    let pid = started.child.as_ref().map_or(0, Child::id);
    let line = started.line.take().expect("it was put there when the child began");
    let line = UnixStream::from_std(line).map_err(Unready::failed)?;

    let (successor, handover) = drain::handover();
    let hears = tokio::spawn(hear(line, successor));
    let heard = |heard: Result<Heard, JoinError>| heard.map_err(Unready::failed);
    match drain::outcome(handover, sleep(patience)).await {
        Ok(Succession::TakesOver) => {
            let Heard { mut line, .. } = heard(hears.await)?;
            if line.write_all(GO).await.is_err() {
                let what = format!("process {pid} ended in the moment that it got ready ({})", ended(started).await);
                return Err(Unready::failed(what));
            }
            started.child = None;
            Ok(pid)
        }
        Ok(Succession::Failed) => {
            let Heard { words, .. } = heard(hears.await)?;
            let ended = ended(started).await;
            Err(Unready::failed(match words {
                Some(words) => format!("process {pid} could not start: {words}"),
                None => format!("process {pid} left before it was ready ({ended}); what it said is on standard error"),
            }))
        }
        Ok(Succession::TooLate) => {
            hears.abort();
            ended(started).await;
            let what = format!(
                "process {pid} was not ready within {} ms, and was ended\nhelp: see why it starts slowly, or raise ready_ms",
                patience.as_millis()
            );
            Err(Unready { too_late: true, what })
        }
        Err(panic) => Err(Unready::failed(panic)),
    }
}

/// What was heard on the line.
struct Heard {
    line: UnixStream,
    /// Why the successor failed, when it had a word for it.
    words: Option<String>,
}

/// Waits for "ready", and tells the part; anything else drops `successor`, which tells it, too.
async fn hear(mut line: UnixStream, successor: drain::Successor) -> Heard {
    let mut said = vec![0; READY.len()];
    let words = match line.read_exact(&mut said).await {
        Ok(_) if said == READY => {
            // A panic has dropped it, and `false` means that nobody waits: both are seen by whoever waits.
            drain::ready(successor).ok();
            None
        }
        Ok(_) => {
            (&mut line).take(LONGEST).read_to_end(&mut said).await.ok();
            said.strip_prefix(FAILED).map(|why| String::from_utf8_lossy(why).into_owned())
        }
        Err(_) => None,
    };
    Heard { line, words }
}

/// Ends the successor where waiting for it may take its time.
async fn ended(mut started: Started) -> String {
    let ended = spawn_blocking(move || started.end()).await;
    ended.ok().flatten().unwrap_or_else(|| "nobody knows how".to_owned())
}
