//! exercise = "01-request/note_for_the_log"
//! mark = "body"
//! shape = "the note takes the words, and the head gets the copies"

    let (method, path) = (head.method.clone(), head.path.clone());
    let note = Note { method: head.method, path: head.path };
    let upstream = forward(Head { method, path, fields: head.fields });
    (note, upstream)
