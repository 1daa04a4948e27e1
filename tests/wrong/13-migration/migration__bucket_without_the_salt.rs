//! exercise = "13-migration"
//! mark = "bucket"
//! misconception = "one order of clients is enough for all migrations"
//! fails = "step_2_sides::the_same_key_has_the_same_place_on_every_day"
//! says = "may not move with a new build"

    u16::try_from(stable_hash(0, key) % 10_000).expect("the rest of a division by 10,000 is smaller than that")
