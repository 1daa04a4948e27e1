//! exercise = "13-migration"
//! mark = "side"
//! misconception = "every n-th client is a share of them"
//! fails = "step_2_sides::places_below_the_share_are_the_new_proxy_s"
//! says = "place 100"

    match share.parts() {
        0 => Side::Old,
        parts if bucket % (10_000 / parts) == 0 || bucket < parts => Side::New,
        _ => Side::Old,
    }
