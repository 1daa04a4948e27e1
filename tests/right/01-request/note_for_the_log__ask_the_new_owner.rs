//! exercise = "01-request/note_for_the_log"
//! mark = "body"
//! shape = "forward first, then clone the words of the new owner"

    let upstream = forward(head);
    let note = Note { method: upstream.head.method.clone(), path: upstream.head.path.clone() };
    (note, upstream)
