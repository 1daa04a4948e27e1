//! exercise = "01-request"
//! mark = "hand_on"
//! misconception = "methods are the same in small letters and in capitals"
//! fails = "step_3_hand_on::notes_both_words_as_the_client_spelled_them"
//! says = "small letters and capitals differ"

    let note = Note {
        method: String::from_utf8_lossy(head.method()).to_uppercase(),
        target: String::from_utf8_lossy(head.target()).into_owned(),
    };
    Handed { note, head }
