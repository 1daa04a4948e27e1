//! exercise = "02-headers/evict_the_dead"
//! mark = "body"
//! misconception = "the order of a list does not matter"
//! fails = "keeps_the_order"
//! says = "is lent first"

    let mut at = 0;
    while at < idle.len() {
        if idle[at].alive {
            at += 1;
        } else {
            idle.swap_remove(at);
        }
    }
