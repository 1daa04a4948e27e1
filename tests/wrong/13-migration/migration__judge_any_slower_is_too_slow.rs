//! exercise = "13-migration"
//! mark = "judge"
//! misconception = "slower is worse"
//! fails = "step_3_judge::a_little_slower_is_good"
//! says = "half as much again is allowed"

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
    if new_us > old_us.max(allowed_us / 2) {
        return Verdict::Bad(Why::Slower { old_us, new_us });
    }
    Verdict::Good
