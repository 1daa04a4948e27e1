//! The words of the balancer: its policies, when a server is sent away, and what is known of each server.
//!
//! Owns no address and no clock: a server is its place in the list, times are milliseconds on a monotonic clock
//! that starts with the proxy.

/// How a server is chosen among those that serve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// One after the other.
    RoundRobin,
    /// The one with the fewest requests under way; among equals, one after the other.
    LeastConnections,
    /// The same key goes to the same server, as long as that one serves.
    ConsistentHash,
}

/// When a server is sent away, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ejection {
    /// Failures in a row after which the server gets no more requests. Default: 5. With 0, it always gets them.
    pub failures: u32,
    /// Milliseconds until one request may try it again. Default: 10 s.
    pub for_ms: u64,
}

impl Default for Ejection {
    fn default() -> Self {
        Self { failures: 5, for_ms: 10_000 }
    }
}

/// What is known of a server's health, small enough for one atomic word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    /// It gets requests; so many of them have failed in a row.
    Serving {
        /// Since the last success.
        failures: u32,
    },
    /// It gets none until then.
    Ejected {
        /// From this moment on, one request may try it. At most 2^62 - 1.
        until_ms: u64,
    },
    /// Its time is over, and one request is trying it.
    Probing {
        /// When its time was over.
        until_ms: u64,
    },
}

impl Health {
    const EJECTED: u64 = 1 << 62;
    const PROBING: u64 = 2 << 62;
    const TIME: u64 = Self::EJECTED - 1;

    /// The health that a word stands for.
    pub fn from_word(word: u64) -> Self {
        let until_ms = word & Self::TIME;
        match word & !Self::TIME {
            0 => Self::Serving { failures: u32::try_from(until_ms).unwrap_or(u32::MAX) },
            Self::EJECTED => Self::Ejected { until_ms },
            _ => Self::Probing { until_ms },
        }
    }

    /// The word for this health: two bits say which variant, the others hold its number.
    pub fn to_word(self) -> u64 {
        match self {
            Self::Serving { failures } => u64::from(failures),
            Self::Ejected { until_ms } => Self::EJECTED | until_ms.min(Self::TIME),
            Self::Probing { until_ms } => Self::PROBING | until_ms.min(Self::TIME),
        }
    }

    /// Whether a request may go there now: it serves, or its time is over and nobody tries it yet.
    pub fn is_open(self, now_ms: u64) -> bool {
        match self {
            Self::Serving { .. } => true,
            Self::Ejected { until_ms } => until_ms <= now_ms,
            Self::Probing { .. } => false,
        }
    }
}

/// What a balancer knows of one server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServerView {
    /// Requests under way, now.
    pub active: u64,
    /// Requests that it was chosen for, since the start.
    pub picks: u64,
    /// Whether it serves.
    pub health: Health,
}

#[cfg(test)]
mod tests {
    use super::Health;

    #[test]
    fn a_word_holds_each_health_and_no_time_spills_over() {
        for health in [
            Health::Serving { failures: 0 },
            Health::Serving { failures: u32::MAX },
            Health::Ejected { until_ms: 0 },
            Health::Ejected { until_ms: Health::TIME },
            Health::Probing { until_ms: 0 },
            Health::Probing { until_ms: Health::TIME },
        ] {
            assert_eq!(Health::from_word(health.to_word()), health);
        }
        let late = Health::Ejected { until_ms: u64::MAX };
        assert_eq!(Health::from_word(late.to_word()), Health::Ejected { until_ms: Health::TIME });
    }
}
