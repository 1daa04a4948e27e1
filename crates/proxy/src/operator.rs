//! What an operator can ask of a proxy that runs: new rules, and a successor.
//!
//! Owns the sockets' doubles that a successor gets, and the memory of how the last restart ended. A signal and the
//! admin listener ask for the same here, and both leave a line on standard error. Leaves out the signals (`main`).

use crate::events::Event;
use crate::shared::Shared;
use crate::successor::{self, Program, Sockets, Unready};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;
use tokio::sync::{Notify, watch};
use tokio::task::spawn_blocking;
use tokio::time::{Instant, sleep_until, timeout};

/// For whoever gives orders from outside of the server. It does not keep the server alive.
#[derive(Clone, Debug)]
pub struct Operator(pub(crate) Weak<Shared>);

impl Operator {
    /// Reads the rule file anew. What became of it is told on standard error, and to whoever listens to events.
    pub async fn reload(&self) {
        if let Some(shared) = self.0.upgrade() {
            // Told already; a signal has no answer.
            reload(shared).await.ok();
        }
    }

    /// Starts a successor, and stops when it is ready. What became of it is told as with [`reload`](Self::reload).
    pub async fn restart(&self) {
        if let Some(shared) = self.0.upgrade() {
            restart(&shared).await.ok();
        }
    }
}

/// Reads the rule file anew, where reading may take its time. Gives back what to tell the operator.
///
/// # Errors
/// What is wrong; the rules before stay in force.
pub(crate) async fn reload(shared: Arc<Shared>) -> Result<String, String> {
    let reloaded = spawn_blocking(move || {
        let told = match &shared.site {
            Some(site) => site.reload(),
            None => {
                Err("there is no rule file\nhelp: name one in the settings, as in rules = \"rules.toml\"".to_owned())
            }
        };
        shared.log.events.tell(|| Event::Reloaded { error: told.as_ref().err().cloned() });
        told
    });
    let told = reloaded.await.unwrap_or_else(|error| Err(error.to_string()));
    say(told.as_ref().map_or_else(|why| format!("the rules stay as they were: {why}"), Clone::clone)).await;
    told
}

/// Starts a successor. When this gives its id back, the server has been told to stop.
///
/// # Errors
/// Why there is none; nothing has changed.
pub(crate) async fn restart(shared: &Shared) -> Result<u32, Unready> {
    let succession = &shared.succession;
    // Held to the end: two successors at the same time would each hear that they are the one.
    let Ok(_turn) = succession.turn.try_lock() else {
        return Err(Unready::failed("a restart is under way\nhelp: ask /status how it ends"));
    };
    let begun = succession.begin();
    let outcome = match begun {
        Ok((program, sockets)) => tokio::select! {
            biased;
            () = shared.draining() => Err(Unready::failed("the proxy was told to stop")),
            started = successor::start(program, sockets, shared.settings.timeouts.ready) => started,
        },
        Err(unready) => Err(unready),
    };
    let (name, pid, error) = match &outcome {
        Ok(pid) => ("takes-over", Some(*pid), None),
        Err(Unready { too_late: true, what }) => ("too-late", None, Some(what.clone())),
        Err(Unready { too_late: false, what }) => ("failed", None, Some(what.clone())),
    };
    shared.log.events.tell(|| Event::Restarted { outcome: name, pid, error: error.clone() });
    let at_s = shared.log.metrics.uptime().as_secs();
    *lock(&succession.last) = Some(json!({ "outcome": name, "pid": pid, "error": error, "at_s": at_s }));
    say(match &outcome {
        Ok(pid) => format!("process {pid} takes over; this one finishes what runs"),
        Err(Unready { what, .. }) => format!("no restart, this process goes on serving: {what}"),
    })
    .await;
    if outcome.is_ok() {
        // After this, the process may be gone at any moment.
        succession.over.notify_one();
        // Whoever asked is told when only the successor accepts. A part that never says so must not keep us here.
        timeout(Duration::from_secs(1), shared.draining()).await.ok();
    }
    outcome
}

/// How this server can be replaced, and whether it was. Part of what all connections share.
#[derive(Debug)]
pub(crate) struct Succession {
    /// `None` in a proxy that is only a guest in its process: there is nothing to start anew.
    program: Option<Program>,
    /// Taken by the stop: while a double is open, clients could still connect.
    sockets: Mutex<Option<Sockets>>,
    predecessor: Option<u32>,
    turn: tokio::sync::Mutex<()>,
    last: Mutex<Option<Value>>,
    over: Notify,
    /// Until when an idle connection may bring one more request after the stop has begun. `None`: it closes at once.
    patience: watch::Sender<Option<Instant>>,
}

impl Succession {
    pub(crate) fn new(program: Option<Program>, sockets: Sockets, predecessor: Option<u32>) -> Self {
        Self {
            program,
            sockets: Mutex::new(Some(sockets)),
            predecessor,
            turn: tokio::sync::Mutex::new(()),
            last: Mutex::new(None),
            over: Notify::new(),
            patience: watch::channel(None).0,
        }
    }

    /// Ends when a successor takes over. One waits for it: the server.
    pub(crate) async fn over(&self) {
        self.over.notified().await;
    }

    /// The stop has begun: no successor after this.
    pub(crate) fn close(&self) {
        lock(&self.sockets).take();
    }

    /// How long idle connections are kept after the stop has begun. Said before it begins, and again to shorten it.
    pub(crate) fn keep_idle(&self, patience: Option<Duration>) {
        self.patience.send_replace(patience.map(|patience| Instant::now() + patience));
    }

    /// Ends when an idle connection has waited long enough, counted from the stop.
    pub(crate) async fn idle_ends(&self) {
        let mut patience = self.patience.subscribe();
        loop {
            let Some(until) = *patience.borrow_and_update() else { return };
            tokio::select! {
                () = sleep_until(until) => return,
                changed = patience.changed() => changed.expect("we borrow its sender"),
            }
        }
    }

    /// For the status page.
    pub(crate) fn status(&self) -> Value {
        json!({ "predecessor": self.predecessor, "last": *lock(&self.last) })
    }

    fn begin(&self) -> Result<(Program, Sockets), Unready> {
        let program = self.program.clone().ok_or_else(|| {
            Unready::failed("this proxy runs inside another program\nhelp: stop it and start it there")
        })?;
        let sockets = match &*lock(&self.sockets) {
            Some(sockets) => sockets.double(),
            None => return Err(Unready::failed("the proxy is stopping, or another process has taken over")),
        };
        Ok((program, sockets.map_err(Unready::failed)?))
    }
}

fn lock<T>(value: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    value.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Tells the operator. Whoever started us may not read our standard error: that costs the line, and a moment.
async fn say(text: String) {
    let said = spawn_blocking(move || eprintln!("proxylings-proxy: {text}"));
    timeout(Duration::from_millis(200), said).await.ok();
}
