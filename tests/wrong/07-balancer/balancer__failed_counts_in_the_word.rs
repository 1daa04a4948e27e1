//! exercise = "07-balancer"
//! mark = "failed"
//! misconception = "what fetch_add gives back stays true until the next line"
//! fails = "step_3_eject::a_late_failure_does_not_prolong_the_time"
//! says = "it tells nothing new"

        let before = health.fetch_add(1, Relaxed);
        if before + 1 >= u64::from(limit) {
            health.store(ejected, Relaxed);
        }
