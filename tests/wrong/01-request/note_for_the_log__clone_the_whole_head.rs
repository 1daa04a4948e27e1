//! exercise = "01-request/note_for_the_log"
//! mark = "body"
//! misconception = "what is needed twice is cloned as a whole"
//! fails = "copies_the_two_words_and_no_fields"
//! says = "clone the two words"

    let copy = head.clone();
    let note = Note { method: copy.method, path: copy.path };
    let upstream = forward(head);
    (note, upstream)
