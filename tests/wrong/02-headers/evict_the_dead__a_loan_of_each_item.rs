//! exercise = "02-headers/evict_the_dead"
//! mark = "body"
//! misconception = "an item that is lent can be pushed into another list"
//! fails = "E0308"
//! says = "its one owner"

    let mut alive: Vec<Conn> = Vec::new();
    for conn in idle.iter() {
        if conn.alive {
            alive.push(conn);
        }
    }
    *idle = alive;
