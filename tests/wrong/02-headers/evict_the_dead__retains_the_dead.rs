//! exercise = "02-headers/evict_the_dead"
//! mark = "body"
//! misconception = "retain names what goes"
//! fails = "leaves_the_living_alone"
//! says = "all of them are alive"

    idle.retain(|conn| !conn.alive);
