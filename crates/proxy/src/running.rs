//! A proxy inside another program: its own threads, started and stopped from outside.
//!
//! Owns the runtime and the thread that waits for it. Meant for callers that are not asynchronous, such as Python.
//! Leaves out the counters and the events: the admin listener gives them, here as anywhere.

use crate::config::Config;
use crate::handed::Handed;
use crate::server::{Drained, Server, StartError};
use std::net::SocketAddr;
use std::thread::{self, JoinHandle};
use tokio::sync::oneshot;

/// A proxy that runs. Dropping it stops it, and waits until it has stopped.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    admin: Option<SocketAddr>,
    upstream: String,
    /// Both are there until it is stopped. Letting go of the sender is what says "stop".
    running: Option<(oneshot::Sender<()>, JoinHandle<Drained>)>,
}

impl Running {
    /// Starts a proxy in threads of its own; it listens when this returns.
    ///
    /// # Errors
    /// It can't listen, an upstream is not to be found, or the system gives us no threads.
    pub fn start(config: Config) -> Result<Self, StartError> {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().thread_name("proxylings").enable_all().build().map_err(
                |error| StartError::new(format!("the system gives us no threads: {error}"), "end some programs"),
            )?;
        let server = runtime.block_on(Server::bind(config, Handed::default(), None))?;
        let (address, admin, upstream) = (server.address(), server.admin_address(), server.upstream().to_owned());
        let (stop, stopped) = oneshot::channel();
        let thread = thread::spawn(move || {
            let drained = runtime.block_on(server.run(async {
                // Told to stop, or nobody is left to tell us: both mean the same.
                stopped.await.ok();
            }));
            // Connections that the deadline has cut off are not waited for again.
            runtime.shutdown_background();
            drained
        });
        Ok(Self { address, admin, upstream, running: Some((stop, thread)) })
    }

    /// Where clients connect.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where operators look, if they do.
    pub fn admin_address(&self) -> Option<SocketAddr> {
        self.admin
    }

    /// The URL that requests go to, when no rule says otherwise.
    pub fn upstream(&self) -> &str {
        &self.upstream
    }

    /// Lets running requests finish, within the deadline of the settings. `None` when it was stopped before.
    pub fn stop(&mut self) -> Option<Drained> {
        let (stop, thread) = self.running.take()?;
        drop(stop);
        // A panic in that thread has been reported where it happened; for us it is an end that was not clean.
        Some(thread.join().unwrap_or(Drained::Cut))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop();
    }
}
