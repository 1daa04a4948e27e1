//! exercise = "02-headers/evict_the_dead"
//! mark = "body"
//! misconception = "a loop looks at the list that it is given"
//! fails = "E0382"
//! says = "the loop takes it"

    let list = std::mem::take(idle);
    for conn in list {
        if conn.alive {
            idle.push(conn);
        }
    }
    idle.extend(list);
