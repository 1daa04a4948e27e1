//! exercise = "02-headers/evict_the_dead"
//! mark = "body"
//! misconception = "an iterator that may change the items may change the list"
//! fails = "E0499"
//! says = "One loan to change at a time"

    for (at, conn) in idle.iter_mut().enumerate() {
        if !conn.alive {
            idle.remove(at);
        }
    }
