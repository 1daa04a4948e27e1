//! Token buckets: how often each client has asked lately, in memory of a fixed size.

use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use crate::rules::RateLimit;

const NS_PER_S: u64 = 1_000_000_000;
const NS_PER_MS: u64 = 1_000_000;
/// Sets of buckets, and buckets in a set: 65,536 buckets, in a mebibyte.
const SETS: usize = 16_384;
const WAYS: usize = 4;

/// How much each client has asked for: a token bucket for each client and limit, in memory of a fixed size.
///
/// A client always finds its bucket in the same set of four. When a fifth client comes, it gets the bucket that is the
/// fullest, whose owner has the least to lose: a full bucket and no bucket are the same.
pub struct Buckets {
    /// Seeded anew in each process, so that nobody can choose addresses that share a set.
    hasher: RandomState,
    /// Held for a few instructions; two workers meet at one only when their clients share a set.
    sets: Vec<Mutex<[Bucket; WAYS]>>,
}

/// A token bucket, as the moment at which it is full again: that one number tells how full it is at any time.
#[derive(Clone, Copy, Default)]
struct Bucket {
    owner: u64,
    full_at_ns: u64,
}

impl Default for Buckets {
    fn default() -> Self {
        Self { hasher: RandomState::new(), sets: (0..SETS).map(|_| Mutex::default()).collect() }
    }
}

impl Buckets {
    /// Takes one token out of the bucket that `client` has under `rate`, `now_ms` milliseconds after the proxy started.
    ///
    /// # Errors
    /// There is none: in so many seconds there will be.
    pub fn take(&self, rate: &RateLimit, client: IpAddr, now_ms: u64) -> Result<(), u64> {
        let owner = self.hasher.hash_one((rate, network(client)));
        let set = &self.sets[usize::try_from(owner % SETS as u64).expect("it is less than SETS")];
        let mut set = set.lock().unwrap_or_else(PoisonError::into_inner); // each bucket is whole at any time
        let bucket = set
            .iter_mut()
            .min_by_key(|bucket| (bucket.owner != owner, bucket.full_at_ns))
            .expect("a set has four buckets");
        if bucket.owner != owner {
            *bucket = Bucket { owner, full_at_ns: 0 };
        }
        let now_ns = now_ms.saturating_mul(NS_PER_MS);
        let token_ns = NS_PER_S / u64::from(rate.requests.get());
        let full_at_ns = bucket.full_at_ns.max(now_ns).saturating_add(token_ns);
        let empty_at_ns = now_ns.saturating_add(token_ns * u64::from(rate.burst.get()));
        if full_at_ns > empty_at_ns {
            return Err((full_at_ns - empty_at_ns).div_ceil(NS_PER_S));
        }
        bucket.full_at_ns = full_at_ns;
        Ok(())
    }
}

/// What counts as one client: an IPv4 address, or the first 64 bits of an IPv6 address, which is what one line gets.
fn network(client: IpAddr) -> IpAddr {
    match client.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() & (u128::MAX << 64)).into()),
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Scope;

    fn rate(requests: u32, burst: u32) -> RateLimit {
        let number = |number: u32| number.try_into().expect("not zero");
        RateLimit { scope: Scope::default(), requests: number(requests), burst: number(burst) }
    }

    fn address(number: u32) -> IpAddr {
        IpAddr::V4(number.into())
    }

    #[test]
    fn a_bucket_holds_the_burst_and_fills_at_the_rate() {
        let (buckets, rate) = (Buckets::default(), rate(10, 5));
        let passed = |from_ms: u64, to_ms: u64| {
            (from_ms..to_ms).filter(|&now_ms| buckets.take(&rate, address(1), now_ms).is_ok()).count()
        };
        assert_eq!(passed(0, 1), 1);
        assert_eq!(passed(1, 2), 1);
        // Five at once and ten a second: within the first second, no way of asking gets more than 15.
        assert_eq!(passed(2, 1000), 15 - 2 - 1, "the last of them is full at the full second");
        assert_eq!(passed(1000, 2000), 10);
        assert_eq!(passed(100_000, 100_001), 1, "after a pause the bucket is full, and not fuller");
        assert_eq!((0..9).filter(|_| buckets.take(&rate, address(1), 100_001).is_ok()).count(), 4);
    }

    #[test]
    fn the_wait_is_told_in_whole_seconds_and_is_long_enough() {
        let (buckets, rate) = (Buckets::default(), rate(1, 1));
        assert_eq!(buckets.take(&rate, address(1), 0), Ok(()));
        assert_eq!(buckets.take(&rate, address(1), 1), Err(1), "999 ms are a second, rounded up");
        assert_eq!(buckets.take(&rate, address(1), 1001), Ok(()));
    }

    #[test]
    fn clients_and_limits_have_buckets_of_their_own() {
        let (buckets, one, other) = (Buckets::default(), rate(1, 1), rate(1, 2));
        for (rate, client) in [(&one, "192.0.2.1"), (&one, "192.0.2.2"), (&other, "192.0.2.1"), (&one, "2001:db8::1")] {
            assert_eq!(buckets.take(rate, client.parse().expect("an address"), 0), Ok(()), "{client}");
        }
        for client in ["192.0.2.1", "::ffff:192.0.2.1", "2001:db8::2"] {
            assert_eq!(buckets.take(&one, client.parse().expect("an address"), 0), Err(1), "{client} asked before");
        }
    }

    #[test]
    fn a_flood_of_clients_takes_no_more_memory_and_spares_who_asks_most() {
        let (buckets, rate) = (Buckets::default(), rate(1, 100));
        let busy = address(0);
        (0..100).for_each(|_| buckets.take(&rate, busy, 0).expect("a hundred at once"));
        for number in 1..200_000 {
            let _ = buckets.take(&rate, address(number), 0);
        }
        assert_eq!(buckets.sets.len() * WAYS, 65_536);
        assert!(buckets.take(&rate, busy, 0).is_err(), "an empty bucket is the last to be given to another client");
    }

    #[test]
    fn no_time_makes_it_panic() {
        let (buckets, rate) = (Buckets::default(), rate(1_000_000, 1_000_000));
        for now_ms in [0, u64::MAX, u64::MAX / 1_000_000, 1] {
            let _ = buckets.take(&rate, address(1), now_ms);
        }
    }
}
