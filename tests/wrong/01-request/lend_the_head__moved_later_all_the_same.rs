//! exercise = "01-request/lend_the_head"
//! mark = "body"
//! misconception = "a move in the last use comes before it"
//! fails = "E0382"
//! says = "lend the head to `size`"

pub fn size(head: Head) -> usize {
    head.bytes.len()
}

pub fn accept(head: Head) -> (usize, Head) {
    let first = size(head);
    let counted = size(head);
    let _ = first;
    (counted, Head { bytes: Vec::new() })
}
