//! exercise = "13-migration"
//! mark = "judge"
//! misconception = "only the new proxy has to be measured"
//! fails = "step_3_judge::nothing_is_said_of_too_few_requests"
//! says = "one side has less than 100 requests"

    let least = thresholds.least.get();
    if new.requests() < least {
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
