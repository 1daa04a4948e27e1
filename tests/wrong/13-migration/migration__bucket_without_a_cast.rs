//! exercise = "13-migration"
//! mark = "bucket"
//! misconception = "a small number fits by itself into a small type"
//! fails = "E0308"
//! says = "u16::try_from"

    stable_hash(salt, key) % 10_000
