//! exercise = "01-request"
//! mark = "hand_on"
//! misconception = "a head that cannot be cloned has to be parsed a second time"
//! fails = "step_3_hand_on::hands_on_the_same_head_without_a_copy"
//! says = "copy the two words into the note, and move the head"

    let note = Note {
        method: String::from_utf8_lossy(head.method()).into_owned(),
        target: String::from_utf8_lossy(head.target()).into_owned(),
    };
    let again = parse(head.as_bytes().to_vec(), &Limits::default()).expect("it was parsed once");
    Handed { note, head: again }
