//! exercise = "01-request/note_for_the_log"
//! mark = "body"
//! misconception = "after a move the old variable can still be read"
//! fails = "E0382"
//! says = "a head that was forwarded is gone"

    let upstream = forward(head);
    let note = Note { method: head.method.clone(), path: head.path.clone() };
    (note, upstream)
