//! exercise = "01-request"
//! mark = "hand_on"
//! shape = "copy the bytes with to_vec, then make a String of the copy"

    let (method, target) = (head.method().to_vec(), head.target().to_vec());
    let handed_on = head;
    let note = Note {
        method: String::from_utf8_lossy(&method).into_owned(),
        target: String::from_utf8_lossy(&target).into_owned(),
    };
    Handed { note, head: handed_on }
