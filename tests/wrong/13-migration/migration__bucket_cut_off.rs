//! exercise = "13-migration"
//! mark = "bucket"
//! misconception = "a cast to a smaller type keeps the number"
//! fails = "step_2_sides::the_same_key_has_the_same_place_on_every_day"
//! says = "may not move with a new build"

    stable_hash(salt, key) as u16 % 10_000
