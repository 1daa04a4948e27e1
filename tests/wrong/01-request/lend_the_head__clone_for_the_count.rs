//! exercise = "01-request/lend_the_head"
//! mark = "body"
//! misconception = "a use after a move is mended by a clone"
//! fails = "E0599"
//! says = "only a loan of yours"

pub fn size(head: Head) -> usize {
    head.bytes.len()
}

pub fn accept(head: Head) -> (usize, Head) {
    let counted = size(head.clone());
    (counted, head)
}
