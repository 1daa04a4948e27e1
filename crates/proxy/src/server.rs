//! The listening socket, and the end of all connections.
//!
//! Owns the accept loop and the stop: no new connections, idle ones close at once, running requests have
//! until the deadline. After a successor has taken over, idle ones are kept for the first half of that time, so that
//! no request is lost that was on its way. Leaves out signals; whoever runs the server says when to stop.

use crate::admin::Admin;
use crate::config::{Config, UpstreamConfig};
use crate::connection;
use crate::handed::Handed;
use crate::hops::{Pseudonym, Via};
use crate::log::Log;
use crate::migration::Migration;
use crate::operator::{Operator, Succession};
use crate::origin::Origin;
use crate::parts::cache::Cache;
use crate::parts::drain::{self, Controller, Gate};
use crate::parts::pool;
use crate::shared::Shared;
use crate::site::Site;
use crate::successor::{Program, Sockets};
use crate::upstreams::Upstream;
use crate::url::UpstreamUrl;
use std::fmt;
use std::future::Future;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::os::fd::AsFd as _;
use std::pin::pin;
use std::sync::{Arc, Weak};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};
use tokio::time::{sleep, timeout};

/// How a server came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drained {
    /// Every request was answered.
    All,
    /// The deadline passed, and what was still running was cut off.
    Cut,
}

/// Why a proxy can't start, and what to do.
#[derive(Debug)]
pub struct StartError {
    what: String,
    help: &'static str,
}

impl StartError {
    pub(crate) fn new(what: String, help: &'static str) -> Self {
        Self { what, help }
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\nhelp: {}", self.what, self.help)
    }
}

impl std::error::Error for StartError {}

/// A proxy that listens.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    admin: Option<(Admin, SocketAddr)>,
    upstream: String,
    shared: Arc<Shared>,
    gate: Gate,
    controller: Controller,
}

impl Server {
    /// Takes the sockets that were handed over, and opens the others where `config` says. Nothing is accepted before
    /// [`run`](Self::run).
    ///
    /// Without an upstream, a small origin inside this program answers. Without a `program`, there are no restarts.
    ///
    /// # Errors
    /// An address is taken or not ours, or the host of an upstream has no address.
    pub async fn bind(config: Config, handed: Handed, program: Option<Program>) -> Result<Self, StartError> {
        let (listener, address) = listen(handed.clients, config.listen).await?;
        let admin = match (handed.admin, config.admin) {
            (None, None) => None,
            (handed, wanted) => Some(listen(handed, wanted.unwrap_or(config.listen)).await?),
        };
        if let Some((_, address)) = admin.as_ref().filter(|(_, address)| !address.ip().is_loopback()) {
            let what = format!("the admin listener can't be at {address}: it asks nobody for a password");
            return Err(StartError::new(what, "use a loopback address, as in 127.0.0.1:8081"));
        }
        let doubles = doubles(&listener, admin.as_ref().map(|(admin, _)| admin)).map_err(|error| {
            StartError::new(format!("the system gives us no descriptors: {error}"), "raise ulimit -n")
        })?;
        let succession = Succession::new(program, doubles, handed.predecessor);
        let admin = admin.map(|(listener, address)| (Admin::new(listener), address));
        let Config { settings, access, rules, cache, migration, upstreams: mut groups, .. } = config;
        if groups.is_empty() {
            groups.push(UpstreamConfig::single(start_origin().await?));
        }
        let mut upstreams = Vec::new();
        for group in &groups {
            upstreams.push(Upstream::find(group).await.map_err(|(url, error)| {
                StartError::new(format!("the host of {url} is not to be found: {error}"), "check the upstream's URL")
            })?);
        }
        let names = groups.iter().map(|group| group.name.clone()).collect();
        let site = rules.map(|path| Site::load(path, names)).transpose()?;
        let cache = cache.map(|limits| Cache::new(&limits));
        let migration = migration.map(|config| Migration::new(config, &upstreams)).transpose()?;
        let upstream = groups[0].servers[0].to_string();
        let (gate, controller) = drain::gate();
        let news = gate.news();
        let log = Log::new(access, admin.is_some());
        let via = Via::new(settings.via.clone().unwrap_or_else(Pseudonym::unique), &settings.label);
        let shared = Arc::new(Shared { settings, upstreams, site, cache, migration, via, log, news, succession });
        Ok(Self { listener, address, admin, upstream, shared, gate, controller })
    }

    /// Where clients connect.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where operators look, if they do.
    pub fn admin_address(&self) -> Option<SocketAddr> {
        self.admin.as_ref().map(|(_, address)| *address)
    }

    /// The URL that requests go to, when no rule says otherwise.
    pub fn upstream(&self) -> &str {
        &self.upstream
    }

    /// For orders from outside: new rules, a successor.
    pub fn operator(&self) -> Operator {
        Operator(Arc::downgrade(&self.shared))
    }

    /// Serves until `stop` ends or a successor takes over, and then until every running request is answered or the
    /// deadline has passed.
    pub async fn run(self, stop: impl Future<Output = ()>) -> Drained {
        let Self { listener, admin, shared, gate, controller, .. } = self;
        let (close_admin, admin_closes) = oneshot::channel();
        let (admin_closed, admin_is_closed) = oneshot::channel();
        let admin = admin.map(|(admin, _)| tokio::spawn(admin.run(Arc::clone(&shared), admin_closes, admin_closed)));
        let housekeeping = tokio::spawn(keep_house(Arc::downgrade(&shared)));
        // One place for each connection that may be open at the same time.
        let places = Arc::new(Semaphore::new(shared.settings.clients as usize));
        let mut stop = pin!(stop);
        let replaced = loop {
            let (place, accepted) = tokio::select! {
                biased;
                () = &mut stop => break false,
                () = shared.succession.over() => break true,
                accepted = accept(&listener, &places) => accepted,
            };
            match accepted {
                Ok((stream, peer)) => {
                    // An answer is often two small writes, and the second must not wait for an ACK.
                    stream.set_nodelay(true).ok();
                    let running = match drain::enter(&gate) {
                        Ok(Some(running)) => Some(running),
                        // Only the end of this loop shuts the door; a part that sees it otherwise has its way.
                        Ok(None) => continue,
                        // It is served all the same, and the stop will not wait for it.
                        Err(panic) => {
                            shared.log.refused(500, &panic.to_string(), peer.ip(), None);
                            None
                        }
                    };
                    let shared = Arc::clone(&shared);
                    tokio::spawn(async move {
                        let client = shared.log.metrics.client();
                        connection::serve(stream, peer.ip(), client.number, Arc::clone(&shared)).await;
                        drop(client);
                        // The stop, which waits for the last to leave, takes the log with it: we let go of it first.
                        drop(shared);
                        drop((running, place));
                    });
                }
                // Out of file descriptors, most likely: others have to close before we can go on.
                Err(_) => sleep(Duration::from_millis(20)).await,
            }
        };
        drop(listener);
        shared.succession.close();
        let deadline = shared.settings.timeouts.drain;
        let mut close_admin = Some(close_admin);
        if replaced {
            // A request may be on its way on an idle connection, and the client could not tell whether it was lost.
            shared.succession.keep_idle(Some(deadline / 2));
            // The successor has the same socket: operators want to talk to it, and not to one of the two.
            close_admin.take();
            admin_is_closed.await.ok();
        }
        let mut drained = pin!(drain::drain(controller, sleep(deadline)));
        let drained = tokio::select! {
            drained = &mut drained => drained,
            // Whoever stops the successor, too, does not want us to wait for idle clients.
            () = &mut stop, if replaced => {
                shared.succession.keep_idle(None);
                drained.await
            }
        };
        let drained = match drained {
            Ok(wire::drain::Drained::All) => Drained::All,
            // Where the part panics, nobody knows who is still inside.
            Ok(wire::drain::Drained::Cut { .. }) | Err(_) => Drained::Cut,
        };
        housekeeping.abort();
        drop(close_admin);
        if let Some(mut admin) = admin {
            // An answer may be on its way, such as that of a restart.
            if timeout(Duration::from_secs(1), &mut admin).await.is_err() {
                admin.abort();
                admin.await.ok();
            }
        }
        if let Some(migration) = &shared.migration {
            migration.shadows_ended(Duration::from_secs(1)).await;
        }
        // After a cut, connections still hold the log: their lines are lost with them.
        if let Some(shared) = Arc::into_inner(shared) {
            shared.log.close(Duration::from_secs(1)).await;
        }
        drained
    }
}

/// Closes connections to upstream servers that have been idle for too long, though nobody asks for one.
///
/// Its timer has another use: there is always one that ends soon, so a request that starts a longer one need not wake
/// the runtime, which is a system call. (Seen with strace: 7.3 calls a request without this, 6.1 with it.)
async fn keep_house(shared: Weak<Shared>) {
    let mut ticks = tokio::time::interval(Duration::from_millis(500));
    loop {
        ticks.tick().await;
        let Some(shared) = shared.upgrade() else { return };
        for server in shared.upstreams.iter().flat_map(|upstream| &upstream.servers) {
            pool::expire(&server.pool, shared.now_ms());
        }
    }
}

/// The socket that was handed over, or a new one at `wanted`.
async fn listen(
    handed: Option<std::net::TcpListener>,
    wanted: SocketAddr,
) -> Result<(TcpListener, SocketAddr), StartError> {
    let failed = |error: io::Error| StartError {
        what: format!("cannot listen on {wanted}: {error}"),
        help: "stop what listens there, or take port 0, which is a free one",
    };
    let listener = match handed {
        Some(handed) => TcpListener::from_std(handed).map_err(failed)?,
        None => TcpListener::bind(wanted).await.map_err(failed)?,
    };
    let address = listener.local_addr().map_err(failed)?;
    Ok((listener, address))
}

fn doubles(clients: &TcpListener, admin: Option<&TcpListener>) -> io::Result<Sockets> {
    let admin = admin.map(|admin| admin.as_fd().try_clone_to_owned()).transpose()?;
    Ok(Sockets { clients: clients.as_fd().try_clone_to_owned()?, admin })
}

/// Runs the built-in origin on a port of its own.
async fn start_origin() -> Result<UpstreamUrl, StartError> {
    let failed = |error: io::Error| StartError {
        what: format!("the built-in origin cannot listen: {error}"),
        help: "name an upstream",
    };
    let origin = Origin::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await.map_err(failed)?;
    let address = origin.local_addr().map_err(failed)?;
    tokio::spawn(origin.run());
    Ok(address.into())
}

/// The next connection, and its place. Without a free place, connections wait in the system's queue.
async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> (OwnedSemaphorePermit, io::Result<(TcpStream, SocketAddr)>) {
    let place = Arc::clone(places).acquire_owned().await.expect("nobody closes the semaphore");
    (place, listener.accept().await)
}
