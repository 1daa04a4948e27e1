//! exercise = "13-migration"
//! mark = "bucket"
//! misconception = "a share is a chance for each request"
//! fails = "step_2_sides::the_same_key_has_the_same_place_on_every_day"
//! says = "may not move with a new build"

    use std::hash::{BuildHasher as _, RandomState};
    (RandomState::new().hash_one((salt, key)) % 10_000) as u16
