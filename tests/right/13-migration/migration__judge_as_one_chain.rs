//! exercise = "13-migration"
//! mark = "judge"
//! shape = "one chain of conditions, and a smaller of two numbers"

    let errors = (old.errors(), new.errors());
    let times = (old.p95_us(), new.p95_us());
    let slower = times.0 * u64::from(thresholds.slower_percent) / 100;
    if old.requests().min(new.requests()) < thresholds.least.get() {
        Verdict::TooEarly
    } else if errors.1 > errors.0.plus(thresholds.more_errors) {
        Verdict::Bad(Why::Errors { old: errors.0, new: errors.1 })
    } else if times.1 > times.0 + slower {
        Verdict::Bad(Why::Slower { old_us: times.0, new_us: times.1 })
    } else {
        Verdict::Good
    }
