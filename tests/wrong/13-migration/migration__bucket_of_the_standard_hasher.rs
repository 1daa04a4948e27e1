//! exercise = "13-migration"
//! mark = "bucket"
//! misconception = "the standard library hashes the same for ever"
//! fails = "step_2_sides::the_same_key_has_the_same_place_on_every_day"
//! says = "may not move with a new build"

    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    let mut hasher = DefaultHasher::new();
    (salt, key).hash(&mut hasher);
    (hasher.finish() % 10_000) as u16
