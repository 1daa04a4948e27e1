//! exercise = "01-request"
//! mark = "hand_on"
//! misconception = "a String can be a view of the head"
//! fails = "E0308"
//! says = "a Vec or a String owns its bytes"

    let note = Note { method: head.method(), target: head.target() };
    Handed { note, head }
