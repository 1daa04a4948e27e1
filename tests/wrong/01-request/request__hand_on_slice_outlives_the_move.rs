//! exercise = "01-request"
//! mark = "hand_on"
//! misconception = "a slice of the head can be kept while the head moves"
//! fails = "E0505"
//! says = "making a String of your own"

    let (method, target) = (head.method(), head.target());
    let forwarded = head;
    let note = Note {
        method: String::from_utf8_lossy(method).into_owned(),
        target: String::from_utf8_lossy(target).into_owned(),
    };
    Handed { note, head: forwarded }
