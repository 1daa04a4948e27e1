//! exercise = "01-request/note_for_the_log"
//! mark = "body"
//! misconception = "what outlives the request can be a loan of it"
//! fails = "E0308"
//! says = "only a loan of a String"

    let note = Note { method: &head.method, path: &head.path };
    let upstream = forward(head);
    (note, upstream)
