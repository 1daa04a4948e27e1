//! exercise = "02-headers/evict_the_dead"
//! mark = "body"
//! shape = "the number goes on only past one that stays"

    let mut at = 0;
    while at < idle.len() {
        if idle[at].alive {
            at += 1;
        } else {
            idle.remove(at);
        }
    }
