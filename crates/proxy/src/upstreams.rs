//! Where requests go: named groups of servers, and the connections to each server.
//!
//! Owns the addresses, the pools (part `pool`) and the choice within a group (part `balancer`). Leaves out which
//! group a request goes to (see `site`), and what is said on a connection (see `forward`).

use crate::config::UpstreamConfig;
use crate::events::{Event, Events, PoolOutcome};
use crate::log::Log;
use crate::parts::balancer::Balancer;
use crate::parts::pool::Pool;
use crate::url::UpstreamUrl;
use std::io::{self, ErrorKind};
use std::mem::MaybeUninit;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpStream;
use wire::pool::{Look, Pooled};

/// A group of servers that can all answer the same requests.
#[derive(Debug)]
pub(crate) struct Upstream {
    pub(crate) name: String,
    pub(crate) balancer: Balancer,
    pub(crate) servers: Vec<Server>,
}

impl Upstream {
    /// Looks every server's host up, once: the addresses stay what they are while the proxy runs.
    ///
    /// # Errors
    /// The URL of a server whose host has no address, and why.
    pub(crate) async fn find(config: &UpstreamConfig) -> Result<Self, (UpstreamUrl, io::Error)> {
        let mut servers = Vec::new();
        for url in &config.servers {
            let addresses = lookup(url).await.map_err(|error| (url.clone(), error))?;
            let name = Arc::from(url.to_string());
            servers.push(Server { url: url.clone(), name, addresses, pool: Pool::new(config.pool.clone()) });
        }
        let balancer = Balancer::new(servers.len(), config.policy, config.ejection);
        Ok(Self { name: config.name.clone(), balancer, servers })
    }
}

async fn lookup(url: &UpstreamUrl) -> io::Result<Vec<SocketAddr>> {
    let addresses: Vec<_> = tokio::net::lookup_host(url.authority()).await?.collect();
    if addresses.is_empty() {
        return Err(io::Error::new(ErrorKind::NotFound, "the host has no address"));
    }
    Ok(addresses)
}

/// One server, and the connections to it.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) url: UpstreamUrl,
    /// The URL, as events have it. Shared with the connections.
    name: Arc<str>,
    addresses: Vec<SocketAddr>,
    pub(crate) pool: Pool<Link>,
}

impl Server {
    /// Opens a new connection. What becomes of it is told to `log`.
    pub(crate) async fn dial(&self, log: &Log) -> io::Result<Link> {
        let stream = TcpStream::connect(self.addresses.as_slice()).await?;
        // Heads and chunk ends are small writes: none of them should wait for an ACK.
        stream.set_nodelay(true)?;
        let life = Life { number: log.metrics.link(), server: self.name.clone(), events: Arc::clone(&log.events) };
        Ok(Link { stream, buffer: Vec::new(), life })
    }
}

/// One connection to a server, with the buffer that its bytes are read into.
#[derive(Debug)]
pub(crate) struct Link {
    pub(crate) stream: TcpStream,
    pub(crate) buffer: Vec<u8>,
    pub(crate) life: Life,
}

/// Tells what becomes of one connection, to its end: whoever drops the connection, for whatever reason, drops this.
#[derive(Debug)]
pub(crate) struct Life {
    number: u64,
    /// Shared with the server, and with its other connections.
    server: Arc<str>,
    /// Shared with everybody who has something to tell.
    events: Arc<Events>,
}

impl Life {
    /// Tells of `outcome`, if anybody listens. `connection` is the client's whose request has it.
    pub(crate) fn tell(&self, outcome: PoolOutcome, connection: Option<u64>) {
        let (link, server) = (self.number, || self.server.to_string());
        self.events.tell(|| Event::Pool { outcome, link, server: server(), connection });
    }
}

impl Drop for Life {
    fn drop(&mut self) {
        self.tell(PoolOutcome::Discarded, None);
    }
}

impl Pooled for Link {
    fn is_quiet(&self, look: Look) -> bool {
        let blocked = |error: io::Error| error.kind() == ErrorKind::WouldBlock;
        // Bytes behind a response are never the next response. tokio answers from what epoll last told it, which
        // costs nothing and may be a moment old.
        let quiet = self.buffer.is_empty() && self.stream.try_read(&mut [0]).is_err_and(blocked);
        quiet
            && (look == Look::Quick
                || socket2::SockRef::from(&self.stream).peek(&mut [MaybeUninit::uninit()]).is_err_and(blocked))
    }
}
