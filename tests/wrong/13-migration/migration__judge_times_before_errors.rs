//! exercise = "13-migration"
//! mark = "judge"
//! misconception = "the order of two checks does not matter"
//! fails = "step_3_judge::errors_are_named_before_times"
//! says = "an error that comes late is an error"

    let least = thresholds.least.get();
    if old.requests() < least || new.requests() < least {
        return Verdict::TooEarly;
    }
    let (old_us, new_us) = (old.p95_us(), new.p95_us());
    if new_us > old_us * (100 + u64::from(thresholds.slower_percent)) / 100 {
        return Verdict::Bad(Why::Slower { old_us, new_us });
    }
    let (was, is) = (old.errors(), new.errors());
    if is > was.plus(thresholds.more_errors) {
        return Verdict::Bad(Why::Errors { old: was, new: is });
    }
    Verdict::Good
