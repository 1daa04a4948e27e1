//! exercise = "01-request"
//! mark = "hand_on"
//! misconception = "what a client sends is UTF-8"
//! fails = "step_3_hand_on::notes_a_target_that_is_not_utf_8"
//! says = "FromUtf8Error"

    let note = Note {
        method: String::from_utf8(head.method().to_vec()).unwrap(),
        target: String::from_utf8(head.target().to_vec()).unwrap(),
    };
    Handed { note, head }
