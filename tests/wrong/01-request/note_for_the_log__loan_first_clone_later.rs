//! exercise = "01-request/note_for_the_log"
//! mark = "body"
//! misconception = "a loan can be kept while its owner moves"
//! fails = "E0505"
//! says = "clone the word before"

    let (method, path) = (&head.method, &head.path);
    let upstream = forward(head);
    let note = Note { method: method.clone(), path: path.clone() };
    (note, upstream)
