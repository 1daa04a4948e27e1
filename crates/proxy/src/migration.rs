//! An upstream that takes over from another one: copies in the shadow, then a share of the clients, then everybody.
//!
//! Owns how far it is, and what was seen on the way. Part `migration` decides: who answers, what differs, when to go on
//! and when to go back. Leaves out what is said to the new upstream in the shadow (see `shadow`), and how the numbers
//! are shown (see `view`).

pub(crate) mod view;
mod watch;

pub(crate) use watch::{Seen, Watch};

use crate::cached::Fetch;
use crate::config::{KeySource, MigrationConfig};
use crate::dispatch::ask;
use crate::events::Event;
use crate::forward::Client;
use crate::outcome::{Ended, Failed};
use crate::parts::{Panicked, migration};
use crate::plan::Plan;
use crate::server::StartError;
use crate::shadow::{self, Copied};
use crate::shared::Shared;
use crate::upstreams::Upstream;
use std::collections::VecDeque;
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;
use tokio::time::timeout;
use view::Differing;
use watch::Twin;
use wire::migration::{Answered, Side, Stage, Unsupported, stable_hash};

/// So many of the newest differences are kept.
const KEPT: usize = 20;

/// The migration of this proxy.
#[derive(Debug)]
pub(crate) struct Migration {
    /// The place in the settings of the upstream that has served so far.
    pub(crate) old: usize,
    /// The place of the one that is to take over.
    pub(crate) new: usize,
    key: KeySource,
    ignored: Vec<String>,
    /// Shared by all requests to either upstream; held for one question or one count, never across an await.
    ramp: Mutex<migration::Ramp>,
    /// A place for each copy under way. A copy's task holds what every connection shares, so a stop takes all places.
    places: Arc<Semaphore>,
    most: u32,
    /// By the side that answered: answers, and failures.
    answered: [[AtomicU64; 2]; 2],
    fell_back: AtomicU64,
    compared: AtomicU64,
    differed: AtomicU64,
    dropped: AtomicU64,
    /// Pushed by the copies' tasks, read by the status page; held for no longer than that.
    recent: Mutex<VecDeque<Differing>>,
}

impl Migration {
    /// A migration at its beginning.
    ///
    /// # Errors
    /// The upstreams that it names are not there: the command line has put another one in their place.
    pub(crate) fn new(config: MigrationConfig, upstreams: &[Upstream]) -> Result<Self, StartError> {
        let place = |name: &str| {
            upstreams.iter().position(|upstream| upstream.name == name).ok_or_else(|| {
                let what = format!("[migration] speaks of {name:?}, which is no upstream of this proxy");
                StartError::new(what, "leave --upstream out, or take [migration] out of the settings")
            })
        };
        let (old, new) = (place(&config.old)?, place(&config.new)?);
        // The same two upstreams have the same salt after a new start, so that clients stay on their sides.
        let salt = stable_hash(0, format!("{}\n{}", config.old, config.new).as_bytes());
        let ramp = if config.shadow { migration::Ramp::new } else { migration::Ramp::without_shadow };
        Ok(Self {
            old,
            new,
            key: config.key,
            ignored: config.ignored,
            ramp: Mutex::new(ramp(config.steps, config.thresholds, salt, 0)),
            places: Arc::new(Semaphore::new(config.shadows.get() as usize)),
            most: config.shadows.get(),
            answered: Default::default(),
            fell_back: AtomicU64::default(),
            compared: AtomicU64::default(),
            differed: AtomicU64::default(),
            dropped: AtomicU64::default(),
            recent: Mutex::default(),
        })
    }

    /// A panic of the part stays inside its wall, so a lock is never poisoned by it.
    fn ramp(&self) -> MutexGuard<'_, migration::Ramp> {
        self.ramp.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Who answers, and whether a copy goes to the new upstream.
    fn side(&self, plan: &Plan<'_>, client: IpAddr) -> Result<(Side, bool), Panicked> {
        let address = match client {
            IpAddr::V4(client) => client.to_ipv6_mapped(),
            IpAddr::V6(client) => client,
        };
        let address = address.octets();
        let key = self.key.find(plan.head.as_fields()).unwrap_or(&address);
        migration::side(&self.ramp(), key, plan.head.method())
    }

    /// Sends a copy to the new upstream in a task of its own, if there is room for one more.
    fn copy(&self, plan: &Plan<'_>, client: IpAddr, shared: &Arc<Shared>) -> Option<Twin> {
        let Ok(place) = Arc::clone(&self.places).try_acquire_owned() else {
            self.dropped.fetch_add(1, Relaxed);
            return None;
        };
        let copied = Copied::of(plan, client, &shared.upstreams[self.new], &shared.via).ok()?;
        let (twin, old) = Twin::new();
        let shared = Arc::clone(shared);
        tokio::spawn(async move {
            if let Some(migration) = &shared.migration {
                shadow::run(&copied, old, migration, &shared).await;
            }
            // The place is free when we hold nothing any more: see `shadows_ended`.
            drop(shared);
            drop(place);
        });
        Some(twin)
    }

    /// What both upstreams have answered to the same request. `Err` says why the new one has not.
    pub(crate) fn compared(&self, copied: &Copied, old: &Seen, new: Result<&Seen, String>, shared: &Shared) {
        let ignored: Vec<&str> = self.ignored.iter().map(String::as_str).collect();
        let differences = match new {
            Ok(new) => match migration::compare(&old.snapshot(), &new.snapshot(), &ignored) {
                Ok(differences) => differences.iter().map(view::words).collect(),
                // No comparison, so nothing to count.
                Err(_) => return,
            },
            Err(why) => vec![format!("the new upstream gave no answer: {why}")],
        };
        self.compared.fetch_add(1, Relaxed);
        let differs = !differences.is_empty();
        if differs {
            self.differed.fetch_add(1, Relaxed);
            let differing = Differing::new(copied, differences, shared.now_ms());
            shared.log.events.tell(|| Event::Differs(differing.clone()));
            let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
            if recent.len() == KEPT {
                recent.pop_front();
            }
            recent.push_back(differing);
        }
        let changed = migration::compared(&mut self.ramp(), differs, shared.now_ms());
        tell(changed.ok().flatten(), shared);
    }

    /// What became of a request. A client that broke off says nothing about the upstream.
    fn record(&self, by: Side, answer: &Result<Ended, Failed>, watch: &Watch, shared: &Shared) {
        let ok = match answer {
            Ok(ended) => ended.status < 500 && !watch.broken,
            // `Instead`: none of its servers is in service.
            Err(failed) if failed.is_upstreams() || matches!(failed, Failed::Instead(_)) => false,
            Err(_) => return,
        };
        self.answered[by as usize][usize::from(!ok)].fetch_add(1, Relaxed);
        let took = watch.switched.unwrap_or_else(|| watch.began.elapsed());
        let took_us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        tell(migration::record(&mut self.ramp(), by, ok, took_us, shared.now_ms()), shared);
    }

    /// Gives everything back to the old upstream, because an operator says so. False when it has it already.
    pub(crate) fn roll_back(&self, shared: &Shared) -> Result<bool, Panicked> {
        let changed = migration::roll_back(&mut self.ramp(), shared.now_ms())?;
        tell(changed, shared);
        Ok(changed.is_some())
    }

    /// Waits for the copies that are under way, which end when the stop begins.
    pub(crate) async fn shadows_ended(&self, patience: Duration) {
        timeout(patience, self.places.acquire_many(self.most)).await.ok();
    }
}

fn tell(changed: Option<Stage>, shared: &Shared) {
    if let Some(stage) = changed {
        shared.log.events.tell(|| Event::Migration { stage: view::stage(stage) });
    }
}

/// The request and its answer, from the old upstream or the new one.
pub(crate) async fn on_a_side(
    client: &mut Client<'_>,
    plan: &Plan<'_>,
    migration: &Migration,
    fetch: &mut Option<Fetch<'_>>,
    shared: &Arc<Shared>,
) -> Result<Ended, Failed> {
    let (side, copies) = migration.side(plan, client.address)?;
    // Where the cache asks about an answer of its own, the upstream gets another request than the client's.
    let is_own = fetch.as_ref().is_none_or(|fetch| fetch.stale.is_none());
    let copies = copies && plan.repeatable && !plan.upgrade && is_own;
    let twin = copies.then(|| migration.copy(plan, client.address, shared)).flatten();
    client.watch = Some(Box::new(Watch::new(side == Side::New && plan.repeatable, twin)));

    // Either side may need the client, one after the other. Nobody ever waits for this lock.
    let turns = tokio::sync::Mutex::new((client, fetch));
    let new = async || {
        let (client, fetch) = &mut *turns.lock().await;
        match ask(client, plan, &shared.upstreams[migration.new], fetch, shared).await {
            Err(Failed::Unsupported) => Err(Unsupported("501 Not Implemented")),
            answered => Ok(answered),
        }
    };
    let old = async || {
        let (client, fetch) = &mut *turns.lock().await;
        if let Some(watch) = &mut client.watch {
            (watch.began, watch.falls_back) = (Instant::now(), false);
        }
        ask(client, plan, &shared.upstreams[migration.old], fetch, shared).await
    };
    let Answered { answer, by, fell_back } = crate::parts::migration::answer(side, new, old).await?;
    if let Some(Unsupported(reason)) = fell_back {
        migration.fell_back.fetch_add(1, Relaxed);
        let target = || String::from_utf8_lossy(plan.head.target()).into_owned();
        shared.log.events.tell(|| Event::FellBack { target: target(), reason });
    }
    let (client, _) = turns.into_inner();
    if let Some(watch) = client.watch.take() {
        migration.record(by, &answer, &watch, shared);
    }
    answer
}
