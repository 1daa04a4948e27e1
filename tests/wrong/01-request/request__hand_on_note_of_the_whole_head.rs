//! exercise = "01-request"
//! mark = "hand_on"
//! misconception = "the log may as well keep everything"
//! fails = "step_3_hand_on::notes_the_method_and_the_target"
//! says = "these two words, and nothing else"

    let text = String::from_utf8_lossy(head.as_bytes()).into_owned();
    let note = Note { method: text.clone(), target: text };
    Handed { note, head }
