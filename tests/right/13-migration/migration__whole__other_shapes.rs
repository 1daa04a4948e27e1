//! exercise = "13-migration"
//! mark = "compare"
//! shape = "every mark in another shape than the reference"

    let is_ignored = |name: &[u8]| ignored.iter().any(|ignored| name.eq_ignore_ascii_case(ignored.as_bytes()));
    found.extend(names(old.fields, new.fields).into_iter().filter(|name| !is_ignored(name)).filter_map(|name| {
        let (old, new) = (values(old.fields, name), values(new.fields, name));
        (old != new).then_some(Difference::Field { name, old, new })
    }));
// mark: bucket
    (stable_hash(salt, key) % 10_000) as u16
// mark: side
    match bucket.cmp(&share.parts()) {
        std::cmp::Ordering::Less => Side::New,
        std::cmp::Ordering::Equal | std::cmp::Ordering::Greater => Side::Old,
    }
// mark: judge
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
// mark: answer
    let mut fell_back = None;
    if side == Side::New {
        match new().await {
            Ok(answer) => return Answered { answer, by: side, fell_back },
            Err(unsupported) => fell_back = Some(unsupported),
        }
    }
    let answer = old().await;
    Answered { answer, by: Side::Old, fell_back }
