//! A new proxy stands beside the old one. First it gets copies, and its answers are compared and thrown away. Then
//! it answers a few clients, always the same ones; then more; and when it is worse, none at all.
//!
//! The steps below follow that road. Each module is a step, the easiest case stands first, and a failure prints
//! the input, what was expected and what your code gave.

use part_migration::{Ramp, answer, bucket, compare, judge, side};
use std::num::NonZeroU32;
use wire::FieldLines;
use wire::migration::{
    Answered, BodyDigest, Difference, IGNORED, Share, Side, Snapshot, Stage, Steps, Tally, Thresholds, Unsupported,
    Verdict, Why,
};

const SALT: u64 = 13;

fn share(percent: u8) -> Share {
    Share::percent(percent).expect("a percentage")
}

fn thresholds() -> Thresholds {
    Thresholds {
        least: NonZeroU32::new(100).expect("it is not zero"),
        more_errors: share(1),
        slower_percent: 50,
        differences: share(1),
        hold_ms: 1_000,
    }
}

fn tally(requests: u32, errors: u32, took_us: u64) -> Tally {
    let mut tally = Tally::new();
    for number in 0..requests {
        tally.add(number >= errors, took_us);
    }
    tally
}

mod step_1_compare {
    use super::*;

    type Lines = [(&'static str, &'static str)];

    fn lines(fields: &Lines) -> FieldLines {
        let mut lines = FieldLines::new();
        for (name, value) in fields {
            lines.push(name.as_bytes(), value.as_bytes()).expect("a good field");
        }
        lines
    }

    fn digest(body: &str) -> BodyDigest {
        let mut digest = BodyDigest::new();
        digest.add(body.as_bytes());
        digest
    }

    /// An answer: status, fields, body.
    type Answer = (u16, &'static Lines, &'static str);

    fn check(old: Answer, new: Answer, expected: &[Difference<'_>], why: &str) {
        let (was, is) = (lines(old.1), lines(new.1));
        let old_shot = Snapshot { status: old.0, fields: was.as_fields(), body: digest(old.2) };
        let new_shot = Snapshot { status: new.0, fields: is.as_fields(), body: digest(new.2) };
        println!("{why}\nold: {old:?}\nnew: {new:?}"); // should compare panic, this is still shown
        let got = compare(&old_shot, &new_shot, IGNORED);
        assert!(got == expected, "{why}\nold: {old:?}\nnew: {new:?}\nexpected: {expected:?}\ngot: {got:?}");
    }

    fn field(name: &'static str, old: &[&'static str], new: &[&'static str]) -> Difference<'static> {
        let bytes = |values: &[&'static str]| values.iter().map(|value| value.as_bytes()).collect();
        Difference::Field { name: name.as_bytes(), old: bytes(old), new: bytes(new) }
    }

    #[test]
    fn equal_answers_have_no_difference() {
        let answer: Answer = (200, &[("Content-Type", "text/plain"), ("A", "1")], "hello");
        check(answer, answer, &[], "the same status, fields and body");
    }

    #[test]
    fn another_status_is_a_difference() {
        check((200, &[], ""), (502, &[], ""), &[Difference::Status { old: 200, new: 502 }], "200 is not 502");
    }

    #[test]
    fn another_value_is_a_difference() {
        let expected = [field("Cache-Control", &["no-store"], &["public"])];
        check(
            (200, &[("Cache-Control", "no-store")], ""),
            (200, &[("Cache-Control", "public")], ""),
            &expected,
            "a value that changed can give one client's page to another",
        );
    }

    #[test]
    fn a_field_that_only_one_side_has_is_a_difference() {
        let why = "a side without the field has no values of it";
        check((200, &[("A", "1")], ""), (200, &[], ""), &[field("A", &["1"], &[])], why);
        check((200, &[], ""), (200, &[("B", "")], ""), &[field("B", &[], &[""])], why);
    }

    #[test]
    fn a_name_means_the_same_in_any_case() {
        check((200, &[("ETag", "x")], ""), (200, &[("etag", "x")], ""), &[], "RFC 9110 5.1: names know no case");
        check((200, &[("A", "x")], ""), (200, &[("A", "X")], ""), &[field("A", &["x"], &["X"])], "values do");
    }

    #[test]
    fn only_the_order_within_one_name_matters() {
        let cookies: &Lines = &[("Set-Cookie", "a"), ("X", "1"), ("Set-Cookie", "b")];
        check(
            (200, cookies, ""),
            (200, &[("X", "1"), ("Set-Cookie", "a"), ("Set-Cookie", "b")], ""),
            &[],
            "moved apart",
        );
        let expected = [field("Set-Cookie", &["a", "b"], &["b", "a"])];
        check(
            (200, cookies, ""),
            (200, &[("Set-Cookie", "b"), ("Set-Cookie", "a"), ("X", "1")], ""),
            &expected,
            "swapped",
        );
    }

    #[test]
    fn a_line_that_is_lost_is_a_difference() {
        let expected = [field("Set-Cookie", &["a", "b"], &["a"])];
        let why = "each line counts, and not only the first";
        check(
            (200, &[("Set-Cookie", "a"), ("Set-Cookie", "b")], ""),
            (200, &[("set-cookie", "a")], ""),
            &expected,
            why,
        );
    }

    #[test]
    fn what_tells_of_time_and_way_is_ignored() {
        let old: Answer = (200, &[("date", "Mon"), ("Via", "1.1 old"), ("Age", "1"), ("A", "1")], "");
        let new: Answer = (200, &[("Date", "Tue"), ("VIA", "1.1 new"), ("A", "1")], "");
        check(old, new, &[], "two good answers differ in these");
    }

    #[test]
    fn another_length_is_one_difference() {
        check((200, &[], "hello"), (200, &[], "hell"), &[Difference::Length { old: 5, new: 4 }], "a byte is missing");
    }

    #[test]
    fn other_bytes_of_the_same_length_are_one_difference() {
        check((200, &[], "hello"), (200, &[], "jello"), &[Difference::Body], "five bytes, and not the same");
    }

    #[test]
    fn every_difference_is_named() {
        let old: Answer = (200, &[("A", "1"), ("B", "2"), ("C", "3")], "x");
        let new: Answer = (404, &[("C", "3"), ("B", "4"), ("D", "5")], "xy");
        let fields = [field("A", &["1"], &[]), field("B", &["2"], &["4"]), field("D", &[], &["5"])];
        let [a, b, d] = fields;
        let expected = [Difference::Status { old: 200, new: 404 }, a, b, d, Difference::Length { old: 1, new: 2 }];
        check(old, new, &expected, "the status, then the fields as they come first, then the body");
    }
}

mod step_2_sides {
    use super::*;

    fn key(number: u32) -> Vec<u8> {
        format!("192.0.2.{}:{number}", number % 256).into_bytes()
    }

    #[test]
    fn the_same_key_has_the_same_place_on_every_day() {
        for (key, expected) in [("", PLACES[0]), ("192.0.2.7", PLACES[1]), ("alice", PLACES[2])] {
            let got = bucket(SALT, key.as_bytes());
            assert_eq!(got, expected, "the place is written down: a client may not move with a new build\nkey: {key}");
        }
    }

    /// What the reference gave on the day when it was written.
    const PLACES: [u16; 3] = [3_324, 8_528, 5951];

    #[test]
    fn every_place_is_one_of_ten_thousand() {
        for number in 0..20_000 {
            let got = bucket(SALT, &key(number));
            assert!(got < 10_000, "places are 0 to 9,999\nkey: {:?}\ngot: {got}", key(number));
        }
    }

    #[test]
    fn keys_spread_evenly() {
        let mut tenths = [0_u32; 10];
        for number in 0..20_000 {
            tenths[usize::from(bucket(SALT, &key(number)) / 1_000).min(9)] += 1;
        }
        let even = tenths.iter().all(|count| (1_800..=2_200).contains(count));
        assert!(even, "20,000 clients, and each tenth of the places has about 2,000\ngot: {tenths:?}");
    }

    #[test]
    fn another_migration_has_other_places() {
        let stay = (0..10_000).filter(|&number| bucket(SALT, &key(number)) / 1_000 == bucket(14, &key(number)) / 1_000);
        let stay = stay.count();
        let why = "with another salt, only chance puts a client into the same tenth: about 1,000 of 10,000";
        assert!((800..=1_200).contains(&stay), "{why}\ngot: {stay}");
    }

    #[test]
    fn places_below_the_share_are_the_new_proxy_s() {
        for (place, percent, expected) in
            [(0, 1, Side::New), (99, 1, Side::New), (100, 1, Side::Old), (9_999, 99, Side::Old), (4_999, 50, Side::New)]
        {
            let got = side(place, share(percent));
            assert_eq!(got, expected, "place {place}, share {percent} %");
        }
    }

    #[test]
    fn nothing_is_nobody_and_everything_is_everybody() {
        for place in [0, 5_000, 9_999] {
            assert_eq!(side(place, Share::NONE), Side::Old, "place {place}, share 0 %");
            assert_eq!(side(place, Share::ALL), Side::New, "place {place}, share 100 %");
        }
    }

    #[test]
    fn a_share_that_grows_only_adds_clients() {
        for number in 0..2_000 {
            let place = bucket(SALT, &key(number));
            let sides: Vec<_> = (0..=100).map(|percent| side(place, share(percent))).collect();
            let changes = sides.windows(2).filter(|pair| pair[0] != pair[1]).count();
            let why = "from 0 % to 100 %, a client changes sides once";
            assert!(changes == 1 && sides[0] == Side::Old, "{why}\nkey: {:?}\ngot: {changes} changes", key(number));
        }
    }

    #[test]
    fn five_percent_are_about_five_percent() {
        let new = (0..20_000).filter(|&number| side(bucket(SALT, &key(number)), share(5)) == Side::New).count();
        assert!((850..=1_150).contains(&new), "5 % of 20,000 clients are about 1,000\ngot: {new}");
    }
}

mod step_3_judge {
    use super::*;

    fn check(old: &Tally, new: &Tally, expected: Verdict, why: &str) {
        let told = |tally: &Tally| {
            format!("{} requests, errors {}, p95 {} µs", tally.requests(), tally.errors(), tally.p95_us())
        };
        let (was, is) = (told(old), told(new));
        println!("{why}\nold: {was}\nnew: {is}"); // should judge panic, this is still shown
        let got = judge(old, new, &thresholds());
        assert!(got == expected, "{why}\nold: {was}\nnew: {is}\nexpected: {expected:?}\ngot: {got:?}");
    }

    #[test]
    fn a_new_proxy_that_is_like_the_old_one_is_good() {
        check(&tally(100, 0, 900), &tally(100, 0, 900), Verdict::Good, "no errors, the same times");
        check(
            &tally(100, 7, 900),
            &tally(100, 7, 900),
            Verdict::Good,
            "the old one has the same errors: they are not new",
        );
        check(&tally(100, 7, 900), &tally(100, 0, 90), Verdict::Good, "fewer errors and shorter times");
    }

    #[test]
    fn nothing_is_said_of_too_few_requests() {
        let why = "one side has less than 100 requests, however bad they are";
        check(&tally(1_000, 0, 900), &tally(99, 99, 9_000_000), Verdict::TooEarly, why);
        check(&tally(99, 0, 900), &tally(1_000, 1_000, 9_000_000), Verdict::TooEarly, why);
        check(&tally(0, 0, 0), &tally(0, 0, 0), Verdict::TooEarly, why);
    }

    #[test]
    fn too_many_errors_are_bad() {
        let bad = |old, new| Verdict::Bad(Why::Errors { old: share(old), new: share(new) });
        check(&tally(100, 0, 900), &tally(100, 2, 900), bad(0, 2), "2 % against 0 %, and 1 % more is allowed");
        check(&tally(100, 4, 900), &tally(100, 6, 900), bad(4, 6), "6 % against 4 %");
        check(&tally(1_000, 0, 900), &tally(100, 100, 900), bad(0, 100), "all of them");
    }

    #[test]
    fn errors_up_to_the_threshold_are_good() {
        check(&tally(100, 0, 900), &tally(100, 1, 900), Verdict::Good, "1 % more is allowed");
        check(&tally(100, 50, 900), &tally(1_000, 510, 900), Verdict::Good, "51 % against 50 %");
    }

    #[test]
    fn a_new_proxy_that_is_too_slow_is_bad() {
        let (old, new) = (tally(100, 0, 1_000), tally(100, 0, 2_000));
        let expected = Verdict::Bad(Why::Slower { old_us: old.p95_us(), new_us: new.p95_us() });
        check(&old, &new, expected, "twice the time, and half as much again is allowed");
    }

    #[test]
    fn a_little_slower_is_good() {
        check(
            &tally(100, 0, 1_000),
            &tally(100, 0, 1_200),
            Verdict::Good,
            "a fifth more, and half as much again is allowed",
        );
        let (old, new) = (tally(100, 0, 1_000), tally(100, 0, 1_500));
        assert_eq!(new.p95_us(), old.p95_us() * 3 / 2, "the tallies put the two times half as much again apart");
        check(&old, &new, Verdict::Good, "as much as is allowed is allowed");
    }

    #[test]
    fn a_few_slow_requests_are_no_verdict() {
        let mut new = tally(96, 0, 1_000);
        for _ in 0..4 {
            new.add(true, 9_000_000);
        }
        check(&tally(100, 0, 1_000), &new, Verdict::Good, "95 % of the requests were as fast as before");
    }

    #[test]
    fn errors_are_named_before_times() {
        let expected = Verdict::Bad(Why::Errors { old: Share::NONE, new: Share::ALL });
        check(&tally(100, 0, 1_000), &tally(100, 100, 9_000_000), expected, "an error that comes late is an error");
    }

    #[test]
    fn the_longest_times_are_times_like_others() {
        check(&tally(100, 0, u64::MAX), &tally(100, 0, u64::MAX), Verdict::Good, "the same times, however long");
    }
}

mod step_4_answer {
    use super::*;
    use std::cell::Cell;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    /// Runs a future that never has to wait.
    fn ready<T>(future: impl Future<Output = T>) -> T {
        match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(value) => value,
            Poll::Pending => panic!("expected: an answer at once, because both proxies have one\ngot: it waits"),
        }
    }

    const NOT_YET: Unsupported = Unsupported("trailers");

    /// One case: who is asked, and who answers.
    fn check(
        side: Side,
        new: Result<&'static str, Unsupported>,
        expected: Answered<&'static str>,
        asked: (u32, u32),
        why: &str,
    ) {
        let (new_calls, old_calls) = (Cell::new(0), Cell::new(0));
        println!("{why}\nside: {side:?}\nnew proxy: {new:?}"); // should answer panic, this is still shown
        let got = ready(answer(
            side,
            async || {
                new_calls.set(new_calls.get() + 1);
                new
            },
            async || {
                old_calls.set(old_calls.get() + 1);
                "old"
            },
        ));
        let calls = (new_calls.get(), old_calls.get());
        let input = format!("side: {side:?}\nnew proxy: {new:?}");
        assert!(got == expected, "{why}\n{input}\nexpected: {expected:?}\ngot: {got:?}");
        assert!(calls == asked, "{why}\n{input}\nexpected calls (new, old): {asked:?}\ngot: {calls:?}");
    }

    #[test]
    fn the_new_proxy_answers_on_its_side() {
        let expected = Answered { answer: "new", by: Side::New, fell_back: None };
        check(Side::New, Ok("new"), expected, (1, 0), "the old proxy is not asked: nobody wants its answer");
    }

    #[test]
    fn the_old_proxy_answers_on_its_side() {
        let expected = Answered { answer: "old", by: Side::Old, fell_back: None };
        check(Side::Old, Ok("new"), expected, (0, 1), "the new proxy is not asked: a copy could do something twice");
    }

    #[test]
    fn what_the_new_proxy_does_not_support_goes_to_the_old_one() {
        let expected = Answered { answer: "old", by: Side::Old, fell_back: Some(NOT_YET) };
        check(Side::New, Err(NOT_YET), expected, (1, 1), "the client gets an answer, and the log gets the reason");
    }

    #[test]
    fn on_the_old_side_nothing_falls_back() {
        let expected = Answered { answer: "old", by: Side::Old, fell_back: None };
        check(Side::Old, Err(NOT_YET), expected, (0, 1), "it was its turn anyway");
    }
}

/// The whole road, with all four steps.
mod step_5_ramp {
    use super::*;

    fn steps() -> Steps {
        Steps::new(vec![share(10), share(50), Share::ALL]).expect("they grow")
    }

    fn ramp() -> Ramp {
        let ramp = Ramp::new(steps(), thresholds(), SALT, 0);
        assert_eq!(ramp.side(b"anybody"), Side::Old, "at the beginning, nobody meets the new proxy");
        ramp
    }

    /// Both sides answer `count` requests well, the last of them at `now_ms`. Gives the last change of the stage.
    fn good(ramp: &mut Ramp, count: u32, now_ms: u64) -> Option<Stage> {
        let mut changed = None;
        for _ in 0..count {
            changed = ramp.record(Side::Old, true, 1_000, now_ms).or(changed);
            changed = ramp.record(Side::New, true, 1_000, now_ms).or(changed);
        }
        changed
    }

    /// A migration at its first canary, since 1,000 ms.
    fn canary() -> Ramp {
        let mut ramp = ramp();
        for _ in 0..100 {
            ramp.compared(false, 1_000);
        }
        let expected = Stage::Canary { step: 0, share: share(10), since_ms: 1_000 };
        assert_eq!(ramp.stage(), expected, "100 equal answers after 1,000 ms lead out of the shadow");
        ramp
    }

    #[test]
    fn begins_in_the_shadow_where_the_old_proxy_answers_everybody() {
        let ramp = ramp();
        assert_eq!((ramp.stage(), ramp.share()), (Stage::Shadow { since_ms: 0 }, Share::NONE));
        for key in ["a", "b", "c"] {
            assert_eq!(ramp.side(key.as_bytes()), Side::Old, "key {key}");
        }
    }

    #[test]
    fn may_begin_with_the_first_share_where_nobody_wants_a_shadow() {
        let ramp = Ramp::without_shadow(steps(), thresholds(), SALT, 7);
        let expected = Stage::Canary { step: 0, share: share(10), since_ms: 7 };
        assert_eq!((ramp.stage(), ramp.share()), (expected, share(10)));
        assert!(!ramp.shadows(b"GET"), "there is no shadow to copy into");
        let on_new = (0..1_000).filter(|client| ramp.side(format!("client-{client}").as_bytes()) == Side::New).count();
        assert!((60..=140).contains(&on_new), "10 % of 1,000 clients are on the new side, and not {on_new}");
    }

    #[test]
    fn copies_only_what_asks_for_no_change() {
        for (method, expected) in
            [("GET", true), ("HEAD", true), ("OPTIONS", true), ("POST", false), ("DELETE", false), ("get", false)]
        {
            assert_eq!(ramp().shadows(method.as_bytes()), expected, "a copy of a {method}");
        }
        assert!(!canary().shadows(b"GET"), "after the shadow, there are no more copies");
    }

    #[test]
    fn stays_in_the_shadow_until_enough_was_compared_for_long_enough() {
        let mut ramp = ramp();
        for number in 1..100 {
            assert_eq!(ramp.compared(false, 5_000), None, "answer number {number} of 100");
        }
        let mut early = self::ramp();
        for _ in 0..500 {
            assert_eq!(early.compared(false, 999), None, "the stage lasts 1,000 ms at least");
        }
        assert!(early.compared(false, 1_000).is_some(), "and then the next answer ends it");
    }

    #[test]
    fn a_planted_bug_is_caught_in_the_shadow() {
        let mut ramp = ramp();
        let last = (0..100).filter_map(|number| ramp.compared(number % 50 == 0, 10)).last();
        let why = Why::Differs { share: share(2) };
        let expected = Stage::RolledBack { share: Share::NONE, why, at_ms: 10 };
        assert_eq!(last, Some(expected), "2 of 100 answers differ, and 1 % may: no client has seen the new proxy");
        assert_eq!(ramp.compared(false, 5_000), None, "and it stays rolled back");
        assert_eq!(ramp.stage(), expected);
    }

    #[test]
    fn as_many_differences_as_are_allowed_are_allowed() {
        let mut ramp = ramp();
        let last = (0..100).filter_map(|number| ramp.compared(number == 0, 1_000)).last();
        let expected = Stage::Canary { step: 0, share: share(10), since_ms: 1_000 };
        assert_eq!(last, Some(expected), "1 of 100 answers differs, and 1 % may");
    }

    #[test]
    fn an_answer_that_is_told_late_does_not_upset_the_clock() {
        let mut ramp = canary();
        assert_eq!(good(&mut ramp, 100, 900), None, "two threads tell of their answers, and the later one is first");
    }

    #[test]
    fn goes_through_its_steps_and_takes_over() {
        let mut ramp = canary();
        let next = |step, percent, since_ms| Some(Stage::Canary { step, share: share(percent), since_ms });
        assert_eq!(good(&mut ramp, 100, 1_999), None, "999 ms of 1,000");
        assert_eq!(good(&mut ramp, 1, 2_000), next(1, 50, 2_000));
        assert_eq!(good(&mut ramp, 99, 9_000), None, "each stage is judged by its own requests: 99 of 100");
        assert_eq!(good(&mut ramp, 1, 9_000), next(2, 100, 9_000));
        // The first answer of this stage came above, right after the change.
        for _ in 1..99 {
            assert_eq!(ramp.record(Side::New, true, 1_000, 10_000), None);
        }
        let done = ramp.record(Side::New, true, 1_000, 10_000);
        assert_eq!(done, Some(Stage::Complete), "with nothing left to the old proxy, its last times are the measure");
        assert_eq!((ramp.share(), ramp.side(b"anybody")), (Share::ALL, Side::New));
        assert_eq!(ramp.record(Side::New, false, 1_000, 10_001), None, "it is over");
    }

    #[test]
    fn errors_roll_back_at_once_and_for_good() {
        let mut ramp = canary();
        good(&mut ramp, 99, 1_100);
        ramp.record(Side::Old, true, 1_000, 1_100);
        ramp.record(Side::New, false, 1_000, 1_100);
        let stage = ramp.record(Side::New, false, 1_000, 1_101);
        let why = Why::Errors { old: Share::NONE, new: Share::of(2, 101) };
        let expected = Stage::RolledBack { share: share(10), why, at_ms: 1_101 };
        assert_eq!(
            stage,
            Some(expected),
            "2 errors in 101 are more than 1 %, and nobody waits for the end of the stage"
        );
        assert_eq!((ramp.share(), ramp.side(b"anybody")), (Share::NONE, Side::Old));
        assert_eq!(good(&mut ramp, 1_000, 99_000), None, "late answers change nothing");
        assert_eq!(ramp.stage(), expected);
    }

    #[test]
    fn slowness_rolls_back_even_when_the_old_proxy_has_nothing_left() {
        let mut ramp = canary();
        good(&mut ramp, 100, 2_000);
        good(&mut ramp, 100, 3_000);
        assert_eq!(ramp.share(), Share::ALL);
        let stage = (0..100).filter_map(|_| ramp.record(Side::New, true, 8_000, 3_500)).last();
        let slow =
            matches!(stage, Some(Stage::RolledBack { share: Share::ALL, why: Why::Slower { .. }, at_ms: 3_500 }));
        assert!(slow, "8 ms against the 1 ms of the old proxy's last stage\ngot: {stage:?}");
    }

    #[test]
    fn one_step_is_measured_against_the_shadow() {
        let mut ramp = Ramp::new(Steps::new(vec![Share::ALL]).expect("it grows"), thresholds(), SALT, 0);
        for _ in 0..100 {
            ramp.record(Side::Old, true, 1_000, 500);
            ramp.compared(false, 1_000);
        }
        assert_eq!(ramp.share(), Share::ALL, "from the shadow to everybody");
        for _ in 0..100 {
            ramp.record(Side::New, true, 1_000, 2_000);
        }
        assert_eq!(ramp.stage(), Stage::Complete, "the old proxy was measured while it answered everybody");
    }

    #[test]
    fn a_fallback_is_no_error_of_the_new_proxy() {
        let mut ramp = canary();
        for _ in 0..200 {
            assert_eq!(
                ramp.record(Side::Old, true, 1_000, 1_500),
                None,
                "the old proxy answered, whoever was asked first"
            );
        }
        assert_eq!(ramp.share(), share(10));
    }

    #[test]
    fn an_operator_can_go_back_from_anywhere_but_back() {
        for mut ramp in [ramp(), canary()] {
            let expected = Stage::RolledBack { share: ramp.share(), why: Why::Asked, at_ms: 1_234 };
            assert_eq!(ramp.roll_back(1_234), Some(expected));
            assert_eq!(ramp.roll_back(9_999), None, "once is enough");
            assert_eq!(ramp.stage(), expected);
        }
    }

    #[test]
    fn the_clients_of_a_small_share_are_among_those_of_a_larger_one() {
        let small = canary();
        let mut large = canary();
        good(&mut large, 100, 2_000);
        assert_eq!((small.share(), large.share()), (share(10), share(50)));
        let on_new =
            |ramp: &Ramp| (0_u32..2_000).filter(|n| ramp.side(&n.to_be_bytes()) == Side::New).collect::<Vec<_>>();
        let (few, many) = (on_new(&small), on_new(&large));
        assert!(few.iter().all(|client| many.contains(client)), "a client that has met the new proxy stays with it");
        assert!(
            (150..=250).contains(&few.len()) && (900..=1_100).contains(&many.len()),
            "{} and {}",
            few.len(),
            many.len()
        );
    }
}
