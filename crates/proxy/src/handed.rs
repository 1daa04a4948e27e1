//! What another process has handed to this one: sockets that listen, and a line to a process that wants to be replaced.
//!
//! Owns the taking, by the protocol of systemd (`sd_listen_fds(3)`), which `wire::drain` reads and `listenfd`
//! follows. Leaves out the giving (see `successor`). The descriptors begin at 3, and `LISTEN_FDNAMES` may name them:
//!
//! | name | what it is |
//! |---|---|
//! | `admin` | the listener for operators |
//! | `predecessor` | the line to the process that started us, and that ends when we are ready |
//! | any other, or none | the first is where clients connect, the second the listener for operators |
//!
//! On the line, the successor says "ready", or "failed" and why; it begins to accept once it has read "go". So a
//! process that is not ready in time has served nobody, and can be ended without harm.

use crate::server::StartError;
use listenfd::ListenFd;
use socket2::SockRef;
use std::env;
use std::io::{self, Read as _, Write as _};
use std::net::TcpListener;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::parent_id;
use wire::drain::listen_fds;

pub(crate) const CLIENTS: &str = "clients";
pub(crate) const ADMIN: &str = "admin";
pub(crate) const PREDECESSOR: &str = "predecessor";

/// The successor could serve now.
pub(crate) const READY: &[u8] = b"ready\n";
/// The successor can't; why stands behind it.
pub(crate) const FAILED: &[u8] = b"failed\n";
/// The successor shall serve.
pub(crate) const GO: &[u8] = b"go\n";

/// The sockets that were handed to this process, if any were.
#[derive(Debug, Default)]
pub struct Handed {
    pub(crate) clients: Option<TcpListener>,
    pub(crate) admin: Option<TcpListener>,
    /// Whom we take over from.
    pub(crate) predecessor: Option<u32>,
}

/// The line to the process that wants to be replaced.
#[derive(Debug)]
pub struct Predecessor(UnixStream);

impl Handed {
    /// Whether nothing was handed over.
    pub fn is_empty(&self) -> bool {
        self.clients.is_none() && self.admin.is_none()
    }

    /// Takes what the environment speaks of. Call it once, before the first thread: it takes the variables away, so
    /// that no child of ours finds them.
    ///
    /// # Errors
    /// The variables can't be used, or a descriptor is not what it should be. To open a socket of our own instead
    /// would leave the clients of the other one without an answer.
    pub fn take() -> Result<(Self, Option<Predecessor>), StartError> {
        const HELP: &str = "hand over one socket that listens, or two: the clients' first, then the operators'";
        let variable = |name| env::var(name).ok();
        let (pid, fds) = (variable("LISTEN_PID"), variable("LISTEN_FDS"));
        let range = listen_fds(std::process::id(), pid.as_deref(), fds.as_deref())
            .map_err(|fault| StartError::new(fault.to_string(), HELP))?;
        let names = variable("LISTEN_FDNAMES").unwrap_or_default();
        let mut names = names.split(':');
        // Counted before `listenfd` makes a list of them: a wrong number may be a large one.
        if range.len() > 3 {
            return Err(StartError::new(format!("{} descriptors are too many", range.len()), HELP));
        }
        let mut taken = if range.is_empty() { ListenFd::empty() } else { ListenFd::from_env() };
        let (mut handed, mut predecessor) = (Self::default(), None);
        for (index, fd) in range.enumerate() {
            let wrong = |error: io::Error| StartError::new(format!("descriptor {fd}: {error}"), HELP);
            let gone = || io::Error::other("it was taken before");
            let name = names.next().unwrap_or_default();
            if name == PREDECESSOR {
                let line = taken.take_unix_listener(index).and_then(|line| line.ok_or_else(gone)).map_err(wrong)?;
                // `listenfd` looks at the kind of the socket only, and this one is connected.
                predecessor = Some(Predecessor(UnixStream::from(OwnedFd::from(line))));
                handed.predecessor = Some(parent_id());
                continue;
            }
            let listener = taken.take_tcp_listener(index).and_then(|it| it.ok_or_else(gone)).map_err(wrong)?;
            if !SockRef::from(&listener).is_listener().map_err(wrong)? {
                return Err(wrong(io::Error::other("it does not listen")));
            }
            listener.set_nonblocking(true).map_err(wrong)?;
            let place = if name == ADMIN || handed.clients.is_some() { &mut handed.admin } else { &mut handed.clients };
            if place.replace(listener).is_some() {
                return Err(wrong(io::Error::other("there is another one for the same purpose")));
            }
        }
        Ok((handed, predecessor))
    }
}

impl Predecessor {
    /// Says that we are ready, and waits until we shall serve.
    ///
    /// # Errors
    /// The predecessor has stopped waiting: it goes on serving, so we must end.
    pub fn ready(mut self) -> Result<(), StartError> {
        let mut answer = [0; GO.len()];
        match self.0.write_all(READY).and_then(|()| self.0.read_exact(&mut answer)) {
            Ok(()) if answer == GO => Ok(()),
            Ok(()) | Err(_) => Err(StartError::new(
                "the process that started this one waits no longer".to_owned(),
                "it goes on serving; raise ready_ms if a start takes that long",
            )),
        }
    }

    /// Says why we can't take over.
    pub fn failed(mut self, why: &str) {
        // Nobody may be there to listen; standard error has the words as well.
        self.0.write_all(FAILED).and_then(|()| self.0.write_all(why.as_bytes())).ok();
    }
}
