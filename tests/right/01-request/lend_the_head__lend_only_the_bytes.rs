//! exercise = "01-request/lend_the_head"
//! mark = "body"
//! shape = "size borrows the bytes, not the head"

pub fn size(bytes: &[u8]) -> usize {
    bytes.len()
}

pub fn accept(head: Head) -> (usize, Head) {
    (size(&head.bytes), head)
}
