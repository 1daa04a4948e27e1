//! The listening socket, and the end of all connections.
//!
//! Owns the accept loop and the stop: no new connections, idle ones close at once, running requests have
//! until the deadline. Leaves out signals; whoever runs the server says when to stop.

use crate::connection;
use crate::heads::Via;
use crate::log::Log;
use crate::settings::Settings;
use crate::shared::Shared;
use crate::upstream::Upstream;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{sleep, timeout};

/// How a server came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drained {
    /// Every request was answered.
    All,
    /// The deadline passed, and what was still running was cut off.
    Cut,
}

/// A proxy that listens.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    shared: Arc<Shared>,
    stop: watch::Sender<bool>,
}

impl Server {
    /// Listens on `address`. Nothing is accepted before [`run`](Self::run).
    ///
    /// # Errors
    /// The address is taken, or not ours.
    pub async fn bind(address: SocketAddr, settings: Settings, upstream: Upstream, log: Log) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let (stop, stopping) = watch::channel(false);
        let via = Via::new(&settings.label);
        Ok(Self { listener, shared: Arc::new(Shared { settings, upstream, via, log, stopping }), stop })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// The system does not say.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until `stop` ends, and then until the running requests have ended or the deadline has passed.
    pub async fn run(self, stop: impl Future<Output = ()>) -> Drained {
        let Self { listener, shared, stop: stopping } = self;
        let most = shared.settings.clients;
        // One place for each connection: whoever holds all of them knows that no connection is left.
        let places = Arc::new(Semaphore::new(most as usize));
        let mut stop = pin!(stop);
        loop {
            let (place, accepted) = tokio::select! {
                biased;
                () = &mut stop => break,
                accepted = accept(&listener, &places) => accepted,
            };
            match accepted {
                Ok((stream, peer)) => {
                    // An answer is often two small writes, and the second must not wait for an ACK.
                    stream.set_nodelay(true).ok();
                    let shared = Arc::clone(&shared);
                    tokio::spawn(async move {
                        connection::serve(stream, peer.ip(), shared).await;
                        drop(place);
                    });
                }
                // Out of file descriptors, most likely: others have to close before we can go on.
                Err(_) => sleep(Duration::from_millis(20)).await,
            }
        }
        drop(listener);
        stopping.send_replace(true);
        let drained = match timeout(shared.settings.timeouts.drain, places.acquire_many(most)).await {
            Ok(_) => Drained::All,
            Err(_) => Drained::Cut,
        };
        // After a cut, connections still hold the log: their lines are lost with them.
        if let Some(shared) = Arc::into_inner(shared) {
            shared.log.close(Duration::from_secs(1)).await;
        }
        drained
    }
}

/// The next connection, and its place. Without a free place, connections wait in the system's queue.
async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> (OwnedSemaphorePermit, io::Result<(TcpStream, SocketAddr)>) {
    let place = Arc::clone(places).acquire_owned().await.expect("nobody closes the semaphore");
    (place, listener.accept().await)
}
