//! The tables of the settings file: names and defaults.

use crate::settings::{Settings, Timeouts};
use serde::Deserialize;
use std::num::NonZeroU32;
use toml::Spanned;
use wire::balancer::{Ejection, Policy};
use wire::cache::CacheLimits;
use wire::pool::PoolLimits;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UpstreamTable {
    pub(super) name: Spanned<String>,
    pub(super) servers: Spanned<Vec<Spanned<String>>>,
    policy: Option<PolicyName>,
    failures: Option<u32>,
    ejected_ms: Option<u64>,
    connections: Option<usize>,
    idle_connections: Option<usize>,
    idle_ms: Option<u64>,
}

/// The policies, as a file spells them.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum PolicyName {
    RoundRobin,
    LeastConnections,
    ConsistentHash,
}

impl From<PolicyName> for Policy {
    fn from(name: PolicyName) -> Self {
        match name {
            PolicyName::RoundRobin => Policy::RoundRobin,
            PolicyName::LeastConnections => Policy::LeastConnections,
            PolicyName::ConsistentHash => Policy::ConsistentHash,
        }
    }
}

impl UpstreamTable {
    pub(super) fn ejection(&self) -> Ejection {
        let default = Ejection::default();
        // To leave a lone server alone would help nobody.
        let usual = if self.servers.as_ref().len() > 1 { default.failures } else { 0 };
        Ejection { failures: self.failures.unwrap_or(usual), for_ms: self.ejected_ms.unwrap_or(default.for_ms) }
    }

    pub(super) fn policy(&self) -> Policy {
        self.policy.map_or(Policy::RoundRobin, Policy::from)
    }

    pub(super) fn pool(&self) -> PoolLimits {
        let default = PoolLimits::default();
        PoolLimits {
            connections: self.connections.unwrap_or(default.connections),
            idle: self.idle_connections.unwrap_or(default.idle),
            idle_ms: self.idle_ms.unwrap_or(default.idle_ms),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CacheTable {
    bytes: Option<usize>,
    entry_bytes: Option<usize>,
    shards: Option<usize>,
}

impl CacheTable {
    pub(super) fn limits(&self) -> CacheLimits {
        let default = CacheLimits::default();
        CacheLimits {
            bytes: self.bytes.unwrap_or(default.bytes),
            entry_bytes: self.entry_bytes.unwrap_or(default.entry_bytes),
            shards: self.shards.unwrap_or(default.shards),
        }
    }
}

/// Declares a table of numbers that all have a default, and how it is read out of [`Settings`] and into it.
macro_rules! table {
    ($name:ident of $of:ty { $($field:ident: $kind:ty = $($path:ident).+ as $convert:ident,)* }) => {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub(super) struct $name { $($field: $kind,)* }

        impl Default for $name {
            fn default() -> Self {
                let settings = <$of>::default();
                Self { $($field: $convert::shown(settings.$($path).+),)* }
            }
        }

        impl $name {
            pub(super) fn put(&self, settings: &mut $of) {
                $(settings.$($path).+ = $convert::meant(self.$field);)*
            }
        }
    };
}

/// Numbers that mean what they say.
mod plain {
    pub(super) fn shown<T>(value: T) -> T {
        value
    }

    pub(super) fn meant<T>(value: T) -> T {
        value
    }
}

/// Numbers that are milliseconds.
mod millis {
    use std::time::Duration;

    pub(super) fn shown(value: Duration) -> u64 {
        u64::try_from(value.as_millis()).expect("our defaults are seconds")
    }

    pub(super) fn meant(value: u64) -> Duration {
        Duration::from_millis(value)
    }
}

table!(LimitsTable of Settings {
    head_bytes: usize = limits.head as plain,
    target_bytes: usize = limits.target as plain,
    field_lines: usize = limits.fields as plain,
    chunk_line_bytes: usize = chunk_line as plain,
    trailer_bytes: usize = trailers as plain,
    interim_responses: usize = interim as plain,
    clients: u32 = clients as plain,
    requests: NonZeroU32 = requests as plain,
    linger_bytes: usize = linger_bytes as plain,
});

table!(TimeoutsTable of Timeouts {
    head_ms: u64 = head as millis,
    idle_ms: u64 = idle as millis,
    body_ms: u64 = body as millis,
    connect_ms: u64 = connect as millis,
    response_ms: u64 = response as millis,
    tunnel_ms: u64 = tunnel as millis,
    linger_ms: u64 = linger as millis,
    part_ms: u64 = part as millis,
    drain_ms: u64 = drain as millis,
    ready_ms: u64 = ready as millis,
});
