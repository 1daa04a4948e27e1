//! exercise = "08-cache/poison_is_a_mark"
//! mark = "body"
//! misconception = "poison is only in the way"
//! fails = "the_bytes_are_counted_anew"
//! says = "make it whole before you go on"

    shelf.clear_poison();
    shelf.lock().expect("the mark is off")
