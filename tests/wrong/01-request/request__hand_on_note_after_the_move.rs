//! exercise = "01-request"
//! mark = "hand_on"
//! misconception = "fields of a struct literal are made in the order of the type, or all at once"
//! fails = "E0382"
//! says = "before the line that moves them"

    Handed {
        head,
        note: Note {
            method: String::from_utf8_lossy(head.method()).into_owned(),
            target: String::from_utf8_lossy(head.target()).into_owned(),
        },
    }
