//! exercise = "13-migration"
//! mark = "side"
//! shape = "a match on the comparison"

    match bucket.cmp(&share.parts()) {
        std::cmp::Ordering::Less => Side::New,
        std::cmp::Ordering::Equal | std::cmp::Ordering::Greater => Side::Old,
    }
