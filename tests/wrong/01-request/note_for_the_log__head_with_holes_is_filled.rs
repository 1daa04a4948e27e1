//! exercise = "01-request/note_for_the_log"
//! mark = "body"
//! misconception = "words that moved out can be left empty in the head"
//! fails = "the_upstream_gets_a_whole_head"
//! says = "the upstream needs every word too"

    let note = Note { method: head.method, path: head.path };
    let upstream = forward(Head { method: String::new(), path: String::new(), fields: head.fields });
    (note, upstream)
