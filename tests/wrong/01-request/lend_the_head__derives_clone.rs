//! exercise = "01-request/lend_the_head"
//! mark = "body"
//! misconception = "a derive that makes the error go away mends the program"
//! fails = "frees_no_head_on_the_way"
//! says = "lend the head instead"
//! edits = { "pub struct Head {" = "#[derive(Clone)]\npub struct Head {" }

pub fn size(head: Head) -> usize {
    head.bytes.len()
}

pub fn accept(head: Head) -> (usize, Head) {
    let counted = size(head.clone());
    (counted, head)
}
