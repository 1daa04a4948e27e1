//! exercise = "01-request/lend_the_head"
//! mark = "body"
//! shape = "size takes the head and gives it back"

pub fn size(head: Head) -> (usize, Head) {
    (head.bytes.len(), head)
}

pub fn accept(head: Head) -> (usize, Head) {
    size(head)
}
