//! exercise = "02-headers/evict_the_dead"
//! mark = "body"
//! shape = "every connection moves out, and the living ones move in again"

    for conn in std::mem::take(idle) {
        if conn.alive {
            idle.push(conn);
        }
    }
