//! A migration as operators see it: how far it is, what was counted, and the newest differences.
//!
//! Pure: numbers in, texts and JSON out. A difference is shown with the values of its fields, but for Set-Cookie: what
//! would open somebody's session is not kept.

use super::Migration;
use crate::parts::migration;
use crate::shadow::Copied;
use crate::shared::Shared;
use serde::Serialize;
use serde_json::{Value, json};
use std::sync::PoisonError;
use std::sync::atomic::Ordering::Relaxed;
use wire::migration::{Difference, Share, Side, Stage, Why};

/// A longer text is cut off: what is kept has to be small.
const LONGEST: usize = 200;
/// Of one request, so many differences are kept.
const MOST: usize = 8;

/// A request that the two upstreams have answered differently.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Differing {
    /// When, in milliseconds since the proxy started.
    at_ms: u64,
    /// The method, as the client spelled it.
    method: String,
    /// The request-target, as the client spelled it.
    target: String,
    /// In what they differ, in words.
    differences: Vec<String>,
}

impl Differing {
    pub(super) fn new(copied: &Copied, mut differences: Vec<String>, at_ms: u64) -> Self {
        differences.truncate(MOST);
        Self { at_ms, method: short(&copied.method), target: short(&copied.target), differences }
    }
}

/// One difference, in words.
pub(super) fn words(difference: &Difference<'_>) -> String {
    match difference {
        Difference::Status { old, new } => format!("status: {old} is {new} now"),
        Difference::Field { name, .. } if name.eq_ignore_ascii_case(b"set-cookie") => {
            "Set-Cookie: its values differ".to_owned()
        }
        Difference::Field { name, old, new } => format!("{}: {} is {} now", short(name), values(old), values(new)),
        Difference::Length { old, new } => format!("body: {old} bytes are {new} now"),
        Difference::Body => "body: as long, but with other bytes".to_owned(),
    }
}

fn values(values: &[&[u8]]) -> String {
    if values.is_empty() { "nothing".to_owned() } else { format!("{:?}", short(&values.join(&b", "[..]))) }
}

fn short(text: &[u8]) -> String {
    String::from_utf8_lossy(&text[..text.len().min(LONGEST)]).into_owned()
}

fn percent(share: Share) -> f64 {
    f64::from(share.parts()) / 100.0
}

/// How far it is.
pub(super) fn stage(stage: Stage) -> Value {
    match stage {
        Stage::Shadow { since_ms } => json!({ "name": "shadow", "percent": 0.0, "since_ms": since_ms }),
        Stage::Canary { step, share, since_ms } => {
            json!({ "name": "canary", "percent": percent(share), "since_ms": since_ms, "step": step })
        }
        Stage::Complete => json!({ "name": "complete", "percent": 100.0 }),
        Stage::RolledBack { share, why, at_ms } => json!({
            "name": "rolled-back", "percent": 0.0, "since_ms": at_ms, "percent_before": percent(share), "why": reason(why),
        }),
    }
}

fn reason(why: Why) -> String {
    match why {
        Why::Differs { share } => format!("{share} of the answers differ"),
        Why::Errors { old, new } => format!("{new} of its requests failed, against {old}"),
        Why::Slower { old_us, new_us } => format!("95 % of its answers took up to {new_us} µs, against {old_us} µs"),
        Why::Asked => "an operator asked for it".to_owned(),
    }
}

impl Migration {
    /// For the status page.
    pub(crate) fn status(&self, shared: &Shared) -> Value {
        let stage = migration::view(&self.ramp()).map(|(now, _)| stage(now));
        let recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        let side = |side: Side| {
            let [answered, failed] = self.answered(side);
            json!({ "answered": answered, "failed": failed })
        };
        json!({
            "old": shared.upstreams[self.old].name,
            "new": shared.upstreams[self.new].name,
            "stage": stage,
            "requests": { "old": side(Side::Old), "new": side(Side::New), "fell_back": self.fell_back.load(Relaxed) },
            "shadows": {
                "compared": self.compared.load(Relaxed), "differed": self.differed.load(Relaxed),
                "dropped": self.dropped.load(Relaxed),
                "running": (self.most as usize).saturating_sub(self.places.available_permits()),
            },
            "differences": &*recent,
        })
    }

    /// Answers, and failures, of one side.
    fn answered(&self, side: Side) -> [u64; 2] {
        self.answered[side as usize].each_ref().map(|count| count.load(Relaxed))
    }

    /// For Prometheus: name, kind, help, and the numbers with their labels.
    pub(crate) fn families(&self) -> [Family; 5] {
        let one = |count: u64| vec![(String::new(), count.to_string())];
        let side = |name: &str, side| {
            let [answered, failed] = self.answered(side);
            [("ok", answered), ("failed", failed)]
                .map(|(outcome, count)| (format!("{{side=\"{name}\",outcome=\"{outcome}\"}}"), count.to_string()))
        };
        let sides = [side("old", Side::Old), side("new", Side::New)].concat();
        let ratio = |(_, share): (Stage, Share)| (String::new(), (percent(share) / 100.0).to_string());
        let share = migration::view(&self.ramp()).map(ratio).into_iter().collect();
        let compared = self.compared.load(Relaxed);
        let differed = self.differed.load(Relaxed);
        let shadows = [("equal", compared.saturating_sub(differed)), ("different", differed)]
            .map(|(outcome, count)| (format!("{{outcome=\"{outcome}\"}}"), count.to_string()));
        [
            Family("share", "gauge", "Share of the clients that the new upstream answers, 0 to 1.", share),
            Family("requests_total", "counter", "Requests, by the side that answered them.", sides),
            Family(
                "fell_back_total",
                "counter",
                "Requests that the new upstream did not support.",
                one(self.fell_back.load(Relaxed)),
            ),
            Family("compared_total", "counter", "Pairs of answers, compared in the shadow.", shadows.to_vec()),
            Family("shadows_dropped_total", "counter", "Copies that found no room.", one(self.dropped.load(Relaxed))),
        ]
    }
}

/// A metric: the end of its name, its kind, its help, and its numbers, each behind its labels.
pub(crate) struct Family(
    pub(crate) &'static str,
    pub(crate) &'static str,
    pub(crate) &'static str,
    pub(crate) Vec<(String, String)>,
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_says_what_was_and_what_is() {
        let field = |name, old, new| Difference::Field { name, old, new };
        for (difference, expected) in [
            (Difference::Status { old: 200, new: 404 }, "status: 200 is 404 now"),
            (field(b"A", vec![b"1"], vec![]), "A: \"1\" is nothing now"),
            (field(b"A", vec![b"1", b"2"], vec![b"\"3\""]), "A: \"1, 2\" is \"\\\"3\\\"\" now"),
            (field(b"set-cookie", vec![b"session=secret"], vec![]), "Set-Cookie: its values differ"),
            (Difference::Length { old: 5, new: 4 }, "body: 5 bytes are 4 now"),
        ] {
            assert_eq!(words(&difference), expected);
        }
    }
}
