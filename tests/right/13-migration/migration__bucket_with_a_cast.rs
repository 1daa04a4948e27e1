//! exercise = "13-migration"
//! mark = "bucket"
//! shape = "a cast after the division"

    (stable_hash(salt, key) % 10_000) as u16
