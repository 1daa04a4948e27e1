//! exercise = "13-migration"
//! mark = "side"
//! misconception = "it does not matter at which end the share is taken, nor what nothing is"
//! fails = "step_2_sides::places_below_the_share_are_the_new_proxy_s"
//! says = "place 0"

    if bucket >= share.parts() { Side::New } else { Side::Old }
