//! exercise = "07-balancer"
//! mark = "failed"
//! misconception = "each failure is news"
//! fails = "step_3_eject::a_late_failure_does_not_prolong_the_time"
//! says = "it tells nothing new"

        let _ = health.fetch_update(Relaxed, Relaxed, |seen| match Health::from_word(seen) {
            Health::Serving { failures } if failures + 1 < limit => {
                Some(Health::Serving { failures: failures + 1 }.to_word())
            }
            Health::Serving { .. } | Health::Ejected { .. } => Some(ejected),
            Health::Probing { .. } => None,
        });
