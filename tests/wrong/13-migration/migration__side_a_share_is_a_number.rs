//! exercise = "13-migration"
//! mark = "side"
//! misconception = "a share compares with a number"
//! fails = "E0308"
//! says = "parts()"

    if bucket < share { Side::New } else { Side::Old }
