//! exercise = "01-request/lend_the_head"
//! mark = "body"
//! misconception = "the caller decides alone whether a value is lent"
//! fails = "E0308"
//! says = "in both places"

pub fn size(head: Head) -> usize {
    head.bytes.len()
}

pub fn accept(head: Head) -> (usize, Head) {
    let counted = size(&head);
    (counted, head)
}
