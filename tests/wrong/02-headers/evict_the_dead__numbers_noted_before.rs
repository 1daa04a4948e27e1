//! exercise = "02-headers/evict_the_dead"
//! mark = "body"
//! misconception = "numbers stay right while items are removed"
//! fails = "takes_out_each_one_that_is_dead"
//! says = "have other numbers"

    let mut dead = Vec::new();
    for (at, conn) in idle.iter().enumerate() {
        if !conn.alive {
            dead.push(at);
        }
    }
    for at in dead {
        if at < idle.len() {
            idle.remove(at);
        }
    }
