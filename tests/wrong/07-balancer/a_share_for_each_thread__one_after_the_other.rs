//! exercise = "07-balancer/a_share_for_each_thread"
//! mark = "body"
//! misconception = "a thread that is waited for at once needs no share of its own"
//! fails = "runs_all_jobs_at_the_same_time"
//! says = "A deadlock"
//! edits = { "workers.push(thread::spawn(move || job(&routes)));" = "workers.push(thread::spawn(move || job(&routes)).join());", "worker.join().expect" = "worker.expect" }

    use std::sync::Arc as Share;
