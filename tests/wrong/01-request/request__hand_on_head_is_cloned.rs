//! exercise = "01-request"
//! mark = "hand_on"
//! misconception = "what is needed twice is cloned as a whole"
//! fails = "E0599"
//! says = "copy only the words that you need"

    let copy = head.clone();
    let note = Note {
        method: String::from_utf8_lossy(copy.method()).into_owned(),
        target: String::from_utf8_lossy(copy.target()).into_owned(),
    };
    Handed { note, head }
