//! exercise = "07-balancer"
//! mark = "failed"
//! misconception = "a limit is the last number that is still allowed"
//! fails = "step_3_eject::sends_a_server_away_after_failures_in_a_row"
//! says = "two are the limit"

        let _ = health.fetch_update(Relaxed, Relaxed, |seen| match Health::from_word(seen) {
            Health::Serving { failures } if failures < limit => Some(Health::Serving { failures: failures + 1 }.to_word()),
            Health::Serving { .. } => Some(ejected),
            Health::Ejected { .. } | Health::Probing { .. } => None,
        });
