//! exercise = "07-balancer"
//! mark = "failed"
//! misconception = "what was loaded is still true when it is stored"
//! fails = "step_3_eject::no_failure_of_any_thread_gets_lost"
//! says = "between a load and a store of one thread"

        match Health::from_word(health.load(Relaxed)) {
            Health::Serving { failures } if failures + 1 < limit => {
                health.store(Health::Serving { failures: failures + 1 }.to_word(), Relaxed);
            }
            Health::Serving { .. } => health.store(ejected, Relaxed),
            Health::Ejected { .. } | Health::Probing { .. } => {}
        }
