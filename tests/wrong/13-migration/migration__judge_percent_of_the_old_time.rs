//! exercise = "13-migration"
//! mark = "judge"
//! misconception = "half as much again is half"
//! fails = "step_3_judge::a_new_proxy_that_is_like_the_old_one_is_good"
//! says = "the same times"

    let least = thresholds.least.get();
    if old.requests() < least || new.requests() < least {
        return Verdict::TooEarly;
    }
    let (was, is) = (old.errors(), new.errors());
    if is > was.plus(thresholds.more_errors) {
        return Verdict::Bad(Why::Errors { old: was, new: is });
    }
    let (old_us, new_us) = (old.p95_us(), new.p95_us());
    let allowed_us = old_us * u64::from(thresholds.slower_percent) / 100;
    if new_us > allowed_us {
        return Verdict::Bad(Why::Slower { old_us, new_us });
    }
    Verdict::Good
