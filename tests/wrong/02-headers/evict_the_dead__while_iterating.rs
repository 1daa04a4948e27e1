//! exercise = "02-headers/evict_the_dead"
//! mark = "body"
//! misconception = "one may change a list while iterating over it"
//! fails = "E0502"
//! says = "while the loop looks at it"

    for (at, conn) in idle.iter().enumerate() {
        if !conn.alive {
            idle.remove(at);
        }
    }
