//! exercise = "02-headers/evict_the_dead"
//! mark = "body"
//! shape = "from the back, so that a removal moves only what was looked at"

    for at in (0..idle.len()).rev() {
        if !idle[at].alive {
            idle.remove(at);
        }
    }
