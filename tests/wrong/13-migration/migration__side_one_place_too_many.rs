//! exercise = "13-migration"
//! mark = "side"
//! misconception = "a share of 1 % includes place 100"
//! fails = "step_2_sides::places_below_the_share_are_the_new_proxy_s"
//! says = "place 100"

    if bucket <= share.parts() { Side::New } else { Side::Old }
