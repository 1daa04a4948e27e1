//! exercise = "01-request/note_for_the_log"
//! mark = "body"
//! misconception = "the copy goes on, the original is kept for reading"
//! fails = "the_upstream_gets_the_head_itself"
//! says = "the note needs two words"

    let upstream = forward(head.clone());
    let note = Note { method: head.method, path: head.path };
    (note, upstream)
