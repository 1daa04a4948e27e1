//! exercise = "01-request"
//! mark = "hand_on"
//! misconception = "a piece of the head can be taken out by its name"
//! fails = "E0616"
//! says = "fields of a RequestHead are private"

    let note = Note {
        method: String::from_utf8_lossy(head.line.method.of(&head.bytes)).into_owned(),
        target: String::from_utf8_lossy(head.line.target.of(&head.bytes)).into_owned(),
    };
    Handed { note, head }
