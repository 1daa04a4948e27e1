//! exercise = "01-request/lend_the_head"
//! mark = "body"
//! misconception = "the copy goes on, the original is used up"
//! fails = "gives_the_same_head_to_the_next_stage"
//! says = "whoever only counts needs a loan"

pub fn size(head: Head) -> usize {
    head.bytes.len()
}

pub fn accept(head: Head) -> (usize, Head) {
    let copy = Head { bytes: head.bytes.to_vec() };
    let counted = size(head);
    (counted, copy)
}
