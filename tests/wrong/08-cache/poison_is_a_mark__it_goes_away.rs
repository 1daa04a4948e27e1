//! exercise = "08-cache/poison_is_a_mark"
//! mark = "body"
//! misconception = "the mark goes away when one waits"
//! fails = "the_pages_are_still_there_after_a_panic"
//! says = "nobody takes the mark off but you"

    loop {
        if let Ok(guard) = shelf.lock() {
            return guard;
        }
    }
