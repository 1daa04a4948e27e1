//! exercise = "01-request"
//! mark = "hand_on"
//! shape = "a String for each word, then both structs at once"

    let method = String::from_utf8_lossy(head.method()).to_string();
    let target = String::from_utf8_lossy(head.target()).to_string();
    Handed { note: Note { method, target }, head }
