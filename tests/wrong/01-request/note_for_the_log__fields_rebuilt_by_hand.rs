//! exercise = "01-request/note_for_the_log"
//! mark = "body"
//! misconception = "a copy that is made field by field is no clone of the whole"
//! fails = "the_upstream_gets_the_head_itself"
//! says = "the head itself can move"

    let upstream = forward(Head {
        method: head.method.clone(),
        path: head.path.clone(),
        fields: Fields { lines: head.fields.lines.clone() },
    });
    let note = Note { method: head.method, path: head.path };
    (note, upstream)
