//! The way of one request: judged by the rules, answered from the cache, or sent to a server of its upstream.
//!
//! Owns the order of these steps, and the second try. Leaves out what is said on a connection (see `forward`).

use crate::cached::{self, Fetch, Way};
use crate::events::{self, PoolOutcome};
use crate::forward::{Client, exchange};
use crate::migration;
use crate::outcome::{Ended, Failed, Unanswered};
use crate::parts::Panicked;
use crate::parts::balancer;
use crate::parts::pool::{self, Lent};
use crate::plan::Plan;
use crate::refusal::Refusal;
use crate::shared::Shared;
use crate::site::Destination;
use crate::upstreams::{Link, Server, Upstream};
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use tokio::time::timeout;
use wire::connection::{Event, Side};
use wire::pipeline::{Answer, Edits, Incoming};
use wire::pool::Look;

/// Gets an answer for one request.
///
/// # Errors
/// When the client has not got a byte of a final response.
pub(crate) async fn dispatch(
    client: &mut Client<'_>,
    plan: &Plan<'_>,
    shared: &Arc<Shared>,
) -> Result<Ended, Unanswered> {
    let edits;
    let mut plan = *plan;
    let mut destination = Destination::FIRST;
    if let Some(site) = &shared.site {
        let (head, host) = (plan.head, plan.target.host.unwrap_or_default());
        let request = Incoming::new(head.method(), head.target(), host, client.address, head.as_fields());
        let in_force = site.in_force();
        let judged = in_force.judge(&request, shared.now_ms())?;
        shared.log.events.tell(|| told(client.machine.connection(), head.target(), &judged));
        match judged {
            Ok(changes) => {
                edits = changes;
                plan.edits = Some(&edits);
            }
            Err(answer) => return Err(client.unanswered(Refusal::filtered(answer).into(), shared)),
        }
        destination = site.destination(&in_force, &request)?;
    }
    let plan = &plan;
    let mut fetch = None;
    if let Some(kept) = shared.cache.as_ref().filter(|_| destination.cache) {
        match Box::pin(cached::way(kept, plan, client.machine.connection(), shared)).await? {
            Way::Plain => {}
            Way::Fetch(own) => fetch = Some(own),
            Way::Serve(stored) => return client.serve(&stored, plan, shared).await,
            Way::NotCached => {
                let refusal = Refusal::new(504, "nothing is kept, and the request wants nothing else");
                return Err(client.unanswered(refusal.into(), shared));
            }
        }
    }
    let answered = match &shared.migration {
        Some(migration) if migration.old == destination.upstream => {
            // In a box, for those who have no migration: a future is as large as its largest branch.
            Box::pin(migration::on_a_side(client, plan, migration, &mut fetch, shared)).await
        }
        Some(_) | None => ask(client, plan, &shared.upstreams[destination.upstream], &mut fetch, shared).await,
    };
    answered.map_err(|failed| {
        cached::failed(&mut fetch, shared);
        client.unanswered(failed, shared)
    })
}

fn told(connection: u64, target: &[u8], judged: &Result<Edits, Answer>) -> events::Event {
    let target = String::from_utf8_lossy(target).into_owned();
    let (status, edits) = match judged {
        Ok(edits) => (None, [usize::from(edits.target.is_some()), edits.request.len(), edits.response.len()]),
        Err(Answer::Respond { status, .. } | Answer::Reject { status, .. }) => (Some(*status), [0; 3]),
    };
    events::Event::Judged { connection, target, status, edits }
}

/// The request and its answer, from one upstream.
pub(crate) async fn ask(
    client: &mut Client<'_>,
    plan: &Plan<'_>,
    upstream: &Upstream,
    fetch: &mut Option<Fetch<'_>>,
    shared: &Shared,
) -> Result<Ended, Failed> {
    match on_a_server(client, plan, upstream, fetch, shared).await {
        Err(Failed::AskAgain) => on_a_server(client, plan, upstream, &mut None, shared).await,
        answered => answered,
    }
}

/// The request and its answer, on a server that the balancer picks, or on another one if nothing was sent to that.
async fn on_a_server(
    client: &mut Client<'_>,
    plan: &Plan<'_>,
    upstream: &Upstream,
    fetch: &mut Option<Fetch<'_>>,
    shared: &Shared,
) -> Result<Ended, Failed> {
    let key = key_of(client.address);
    let mut avoid = None;
    loop {
        let Some(pick) = balancer::pick(&upstream.balancer, key, shared.now_ms(), avoid)? else {
            return Err(Refusal::new(503, "no server of the upstream is in service").into());
        };
        let at = pick.index();
        let answered = attempt(client, plan, &upstream.servers[at], fetch, shared).await;
        match &answered {
            Ok(_) => balancer::succeeded(pick),
            Err(failed) if failed.is_upstreams() => balancer::failed(pick, shared.now_ms()),
            // The client's fault, or ours: it says nothing about the server.
            Err(_) => drop(pick),
        }
        match answered {
            // Nothing was sent, so any request may be sent elsewhere. Once: two dead servers are a dead upstream.
            Err(Failed::Unreachable(..)) if avoid.is_none() && upstream.servers.len() > 1 => avoid = Some(at),
            answered => return answered,
        }
    }
}

/// The same client has the same key, so that a policy that hashes sends it to the same server.
pub(crate) fn key_of(client: IpAddr) -> u64 {
    let bits = match client {
        IpAddr::V4(client) => u128::from(client.to_bits()),
        IpAddr::V6(client) => client.to_bits(),
    };
    (bits >> 64) as u64 ^ bits as u64
}

/// The request and its answer, on one server.
async fn attempt(
    client: &mut Client<'_>,
    plan: &Plan<'_>,
    server: &Server,
    fetch: &mut Option<Fetch<'_>>,
    shared: &Shared,
) -> Result<Ended, Failed> {
    let look = if plan.repeatable { Look::Quick } else { Look::Sure };
    let dial = async || Box::pin(server.dial(&shared.log)).await;
    let mut lent = connected(pool::lend(&server.pool, shared.now_ms(), look, dial), shared).await?;
    let connection = Some(client.machine.connection());
    lent.life.tell(if lent.reused() { PoolOutcome::Reused } else { PoolOutcome::Opened }, connection);
    loop {
        match exchange(client, plan, server, &mut lent, fetch, shared).await {
            Ok((ended, reusable)) => {
                if reusable {
                    // Before it is anybody else's to tell of.
                    lent.life.tell(PoolOutcome::Returned, connection);
                    pool::give_back(lent, shared.now_ms());
                }
                return Ok(ended);
            }
            // RFC 9112 9.3.1: once more, because the upstream may have closed an idle connection just now.
            // The second connection is a fresh one, so there is no third time.
            Err(Failed::Silent(_)) if lent.reused() && plan.repeatable => {
                lent = connected(pool::redial(lent, dial), shared).await?;
                lent.life.tell(PoolOutcome::Opened, connection);
            }
            Err(failed) => return Err(failed),
        }
    }
}

/// What `lending` gives, if it comes in time.
pub(crate) async fn connected<'a>(
    lending: impl Future<Output = Result<io::Result<Lent<'a, Link>>, Panicked>>,
    shared: &Shared,
) -> Result<Lent<'a, Link>, Failed> {
    match timeout(shared.settings.timeouts.connect, lending).await {
        Ok(lent) => lent?.map_err(|error| {
            let refusal = Refusal::new(502, format!("no connection to the upstream: {error}"));
            Failed::Unreachable(refusal, Event::Closed(Side::Upstream))
        }),
        Err(_) => {
            let refusal = Refusal::new(504, "no connection to the upstream in time");
            Err(Failed::Unreachable(refusal, Event::TimedOut(Side::Upstream)))
        }
    }
}
