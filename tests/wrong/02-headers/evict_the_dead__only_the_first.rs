//! exercise = "02-headers/evict_the_dead"
//! mark = "body"
//! misconception = "one call of remove is enough"
//! fails = "takes_out_each_one_that_is_dead"
//! says = "have other numbers"

    if let Some(at) = idle.iter().position(|conn| !conn.alive) {
        idle.remove(at);
    }
