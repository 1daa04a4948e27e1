//! The time of day, and the Date field's value (RFC 9110 5.6.7).

use std::cell::RefCell;
use std::time::{SystemTime, UNIX_EPOCH};
use wire::cache::date;

thread_local! {
    /// The newest value of this thread, and its second: thousands of answers share one.
    static NEWEST: RefCell<(u64, String)> = const { RefCell::new((u64::MAX, String::new())) };
}

/// Seconds since the start of 1970. A clock that stands before that is at its start.
pub(crate) fn unix_s() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// Calls `put` with the Date of now, as in `Sun, 06 Nov 1994 08:49:37 GMT`.
pub(crate) fn now(put: impl FnOnce(&str)) {
    let seconds = unix_s();
    NEWEST.with_borrow_mut(|(second, text)| {
        if *second != seconds {
            (*second, *text) = (seconds, date::format(seconds));
        }
        put(text);
    });
}

#[cfg(test)]
mod tests {
    use super::now;

    #[test]
    fn it_is_a_date_and_the_same_one_for_a_second() {
        let mut texts = Vec::new();
        for _ in 0..3 {
            now(|text| texts.push(text.to_owned()));
        }
        texts.dedup();
        assert!(texts.len() <= 2, "{texts:?}");
        assert!(texts.iter().all(|text| text.len() == 29 && text.ends_with(" GMT")), "{texts:?}");
    }
}
