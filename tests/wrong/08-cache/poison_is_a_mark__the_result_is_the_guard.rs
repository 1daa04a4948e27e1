//! exercise = "08-cache/poison_is_a_mark"
//! mark = "body"
//! misconception = "`lock` gives the guard"
//! fails = "E0308"
//! says = "has to come out of the Result"

    shelf.lock()
