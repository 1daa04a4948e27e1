//! Part 13, `migration`: a new proxy takes over from an old one, step by step, and gives back when it is worse.
//!
//! ```text
//!   Shadow ------> Canary 1 % ------> Canary 5 % --- … --> Canary 100 % ------> Complete
//!     |                |                  |                     |
//!     +----------------+------------------+---------------------+-------------> RolledBack(why)
//! ```
//!
//! Owns the decisions: what counts as a difference, who meets the new proxy first, when to go on and when to go
//! back. It sends nothing and reads no clock: each call says what happened and when, so that a week of traffic is
//! a list of values. Leaves out the two proxies themselves.

use wire::Fields;
use wire::migration::{
    Answered, Difference, Share, Side, Snapshot, Stage, Steps, Tally, Thresholds, Unsupported, Verdict, Why,
    stable_hash,
};

/// In what two answers to the same request differ. Fields that `ignored` names may differ, in any case of letters.
///
/// Only the order of lines with the same name matters (RFC 9110 5.3): of a list field, it is the order of the list.
pub fn compare<'a>(old: &Snapshot<'a>, new: &Snapshot<'a>, ignored: &[&str]) -> Vec<Difference<'a>> {
    let mut found = Vec::new();
    if old.status != new.status {
        found.push(Difference::Status { old: old.status, new: new.status });
    }
    // exercise: begin compare
    for name in names(old.fields, new.fields) {
        let (was, is) = (values(old.fields, name), values(new.fields, name));
        if was != is && !ignored.iter().any(|ignored| name.eq_ignore_ascii_case(ignored.as_bytes())) {
            found.push(Difference::Field { name, old: was, new: is });
        }
    }
    // exercise: stub
    // todo!("for each of the names, compare the values of both sides, and push a Difference::Field unless the name is ignored");
    // exercise: end
    if old.body.length != new.body.length {
        found.push(Difference::Length { old: old.body.length, new: new.body.length });
    } else if old.body != new.body {
        found.push(Difference::Body);
    }
    found
}

/// The place of a client on the way to the new proxy, 0 to 9,999: whoever has a small number meets it first.
///
/// The same `key` has the same place in every process and on every day; another `salt` gives other places.
pub fn bucket(salt: u64, key: &[u8]) -> u16 {
    // exercise: begin bucket
    u16::try_from(stable_hash(salt, key) % 10_000).expect("the rest of a division by 10,000 is smaller than that")
    // exercise: stub
    // todo!("take the rest of the stable hash, divided by the number of places")
    // exercise: end
}

/// The side that answers the client in this place, while the new proxy has `share` of the traffic.
///
/// A share that grows adds clients and takes none away: nobody sees the new proxy, then the old one, then the new.
pub fn side(bucket: u16, share: Share) -> Side {
    // exercise: begin side
    if bucket < share.parts() { Side::New } else { Side::Old }
    // exercise: stub
    // todo!("give the places below the share to the new proxy, and all others to the old one")
    // exercise: end
}

/// What the measurements of a stage say.
///
/// Nothing is said before both sides have `thresholds.least` requests: one error in two requests is no rate.
pub fn judge(old: &Tally, new: &Tally, thresholds: &Thresholds) -> Verdict {
    // exercise: begin judge
    let least = thresholds.least.get();
    if old.requests() < least || new.requests() < least {
        return Verdict::TooEarly;
    }
    let (was, is) = (old.errors(), new.errors());
    if is > was.plus(thresholds.more_errors) {
        return Verdict::Bad(Why::Errors { old: was, new: is });
    }
    let (old_us, new_us) = (old.p95_us(), new.p95_us());
    let allowed_us = old_us * (100 + u64::from(thresholds.slower_percent)) / 100;
    if new_us > allowed_us {
        return Verdict::Bad(Why::Slower { old_us, new_us });
    }
    Verdict::Good
    // exercise: stub
    // todo!("wait for enough requests of both sides, then compare the errors, then the times, and name the first that is too bad")
    // exercise: end
}

/// Answers one request: by `new` on its side, and by `old` on the other, or when the new proxy says that it can't yet.
///
/// Each is called at most once, and only the one that answers has an effect: the new proxy has to find out what it
/// does not support before it sends or takes anything.
pub async fn answer<T>(
    side: Side,
    new: impl AsyncFnOnce() -> Result<T, Unsupported>,
    old: impl AsyncFnOnce() -> T,
) -> Answered<T> {
    // exercise: begin answer
    let fell_back = match side {
        Side::New => match new().await {
            Ok(answer) => return Answered { answer, by: Side::New, fell_back: None },
            Err(unsupported) => Some(unsupported),
        },
        Side::Old => None,
    };
    Answered { answer: old().await, by: Side::Old, fell_back }
    // exercise: stub
    // todo!("ask the new proxy only on its side, and the old one when it is its side or the new one can't")
    // exercise: end
}

/// One migration, from the first copy in the shadow to its end.
///
/// It changes stage in [`compared`](Self::compared), [`record`](Self::record) and [`roll_back`](Self::roll_back) only,
/// and each of them says so when it did.
#[derive(Debug)]
pub struct Ramp {
    steps: Steps,
    thresholds: Thresholds,
    salt: u64,
    stage: Stage,
    /// What the old proxy did in this stage. Where nothing is left to it, what it did in the last one.
    old: Tally,
    new: Tally,
    /// Answers compared in the shadow, and how many of them differed.
    compared: u32,
    differed: u32,
}

impl Ramp {
    /// A migration that begins in the shadow. `salt` is its own: a number that no other migration has.
    pub fn new(steps: Steps, thresholds: Thresholds, salt: u64, now_ms: u64) -> Self {
        let stage = Stage::Shadow { since_ms: now_ms };
        Self { steps, thresholds, salt, stage, old: Tally::new(), new: Tally::new(), compared: 0, differed: 0 }
    }

    /// A migration without a shadow: it begins with the first share.
    pub fn without_shadow(steps: Steps, thresholds: Thresholds, salt: u64, now_ms: u64) -> Self {
        let share = steps.share(0).expect("steps end with everything, so there is one");
        let stage = Stage::Canary { step: 0, share, since_ms: now_ms };
        Self { stage, ..Self::new(steps, thresholds, salt, now_ms) }
    }

    /// How far it is.
    pub fn stage(&self) -> Stage {
        self.stage
    }

    /// The new proxy's share of the clients.
    pub fn share(&self) -> Share {
        match self.stage {
            Stage::Shadow { .. } | Stage::RolledBack { .. } => Share::NONE,
            Stage::Canary { share, .. } => share,
            Stage::Complete => Share::ALL,
        }
    }

    /// The side that answers this client now.
    pub fn side(&self, key: &[u8]) -> Side {
        side(bucket(self.salt, key), self.share())
    }

    /// Whether a copy of a request with this method goes to the new proxy, for its answer to be compared.
    ///
    /// Only methods that ask for no change (RFC 9110 9.2.1): a copy of a POST would be a second order.
    pub fn shadows(&self, method: &[u8]) -> bool {
        matches!(self.stage, Stage::Shadow { .. }) && matches!(method, b"GET" | b"HEAD" | b"OPTIONS" | b"TRACE")
    }

    /// Two answers were compared. Gives the new stage, if this changes it.
    pub fn compared(&mut self, differs: bool, now_ms: u64) -> Option<Stage> {
        let Stage::Shadow { since_ms } = self.stage else { return None };
        self.compared = self.compared.saturating_add(1);
        self.differed = self.differed.saturating_add(u32::from(differs));
        if self.compared < self.thresholds.least.get() {
            return None;
        }
        let share = Share::of(self.differed, self.compared);
        if share > self.thresholds.differences {
            return self.go_back(Why::Differs { share }, now_ms);
        }
        self.go_on(0, since_ms, now_ms)
    }

    /// A request was answered by `by`. Gives the new stage, if this changes it.
    ///
    /// `ok` is false for an answer that is this proxy's own fault. A request that fell back counts for the old side.
    pub fn record(&mut self, by: Side, ok: bool, took_us: u64, now_ms: u64) -> Option<Stage> {
        let (step, since_ms) = match (self.stage, by) {
            (Stage::Canary { step, since_ms, .. }, _) => (step, since_ms),
            // In the shadow, only the old proxy answers, and its times are there when its share becomes nothing.
            (Stage::Shadow { .. }, Side::Old) => {
                self.old.add(ok, took_us);
                return None;
            }
            (Stage::Shadow { .. }, Side::New) | (Stage::Complete | Stage::RolledBack { .. }, _) => return None,
        };
        match by {
            Side::Old => self.old.add(ok, took_us),
            Side::New => self.new.add(ok, took_us),
        }
        match judge(&self.old, &self.new, &self.thresholds) {
            Verdict::TooEarly => None,
            Verdict::Good => self.go_on(step + 1, since_ms, now_ms),
            Verdict::Bad(why) => self.go_back(why, now_ms),
        }
    }

    /// An operator wants the old proxy back. Gives the new stage, if this changes it.
    pub fn roll_back(&mut self, now_ms: u64) -> Option<Stage> {
        match self.stage {
            Stage::Shadow { .. } | Stage::Canary { .. } | Stage::Complete => self.go_back(Why::Asked, now_ms),
            Stage::RolledBack { .. } => None,
        }
    }

    /// To step number `step`, if this stage has lasted long enough.
    fn go_on(&mut self, step: usize, since_ms: u64, now_ms: u64) -> Option<Stage> {
        if now_ms.saturating_sub(since_ms) < self.thresholds.hold_ms {
            return None;
        }
        self.stage = match self.steps.share(step) {
            Some(share) => Stage::Canary { step, share, since_ms: now_ms },
            None => Stage::Complete,
        };
        // With nothing left to the old proxy, its last measurements are what the new one is held against.
        if self.share() < Share::ALL {
            self.old = Tally::new();
        }
        self.new = Tally::new();
        Some(self.stage)
    }

    fn go_back(&mut self, why: Why, now_ms: u64) -> Option<Stage> {
        self.stage = Stage::RolledBack { share: self.share(), why, at_ms: now_ms };
        Some(self.stage)
    }
}

/// The names of the fields of two heads, each once, in the order in which they come first.
fn names<'a>(old: Fields<'a>, new: Fields<'a>) -> Vec<&'a [u8]> {
    let mut names: Vec<&[u8]> = Vec::new();
    for field in old.iter().chain(new.iter()) {
        if !names.iter().any(|name| name.eq_ignore_ascii_case(field.name)) {
            names.push(field.name);
        }
    }
    names
}

/// The values of all lines with this name, in order.
fn values<'a>(fields: Fields<'a>, name: &[u8]) -> Vec<&'a [u8]> {
    fields.iter().filter(|field| field.name.eq_ignore_ascii_case(name)).map(|field| field.value).collect()
}
