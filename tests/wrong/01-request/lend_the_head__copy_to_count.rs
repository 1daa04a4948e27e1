//! exercise = "01-request/lend_the_head"
//! mark = "body"
//! misconception = "a copy is the way to keep a value"
//! fails = "frees_no_head_on_the_way"
//! says = "lend the head instead"

pub fn size(head: Head) -> usize {
    head.bytes.len()
}

pub fn accept(head: Head) -> (usize, Head) {
    let counted = size(Head { bytes: head.bytes.clone() });
    (counted, head)
}
