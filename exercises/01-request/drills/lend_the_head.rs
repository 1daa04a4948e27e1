//! Lend the head: one stage wants to count its bytes, and the next stage wants the head itself.
//!
//! `size` counts bytes, and that is all it does.
//! Yet its parameter says `head: Head`, so the caller has to give the head away.
//! At the end of `size` its owner is gone, and the buffer is freed.
//! If rustc accepted this, `accept` would hand a freed buffer to the next stage.
//! Change both functions so that `size` borrows the head and `accept` keeps it.

/// The head of one request, as the client sent it.
pub struct Head {
    pub bytes: Vec<u8>,
}

/// How many bytes the head has.
pub fn size(head: Head) -> usize {
    head.bytes.len()
}

/// Counts the bytes of a head, and gives the head to the next stage.
pub fn accept(head: Head) -> (usize, Head) {
    let counted = size(head);
    (counted, head)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    // When the owner of a value goes away, Rust calls `drop` on the value. Here that counts the freed heads.
    thread_local! { static FREED: Cell<usize> = const { Cell::new(0) }; }

    impl Drop for Head {
        fn drop(&mut self) {
            FREED.set(FREED.get() + 1);
        }
    }

    #[test]
    fn counts_every_byte() {
        for (input, expected) in [("", 0), ("GET / HTTP/1.1\r\n", 16), ("GET / HTTP/1.1\r\n\r\n", 18)] {
            let mut bytes = Vec::with_capacity(64);
            bytes.extend_from_slice(input.as_bytes());
            let (got, _head) = accept(Head { bytes });
            assert!(got == expected, "line ends count too\ninput: {input:?}\nexpected: {expected}\ngot: {got}");
        }
    }

    #[test]
    fn gives_the_same_head_to_the_next_stage() {
        let head = Head { bytes: b"GET / HTTP/1.1\r\n\r\n".to_vec() };
        let before = head.bytes.as_ptr();
        let (_, after) = accept(head);
        assert!(
            after.bytes.as_ptr() == before,
            "the next stage got a copy: whoever only counts needs a loan, and the head itself can go on\n\
             input: GET / HTTP/1.1\\r\\n\\r\\n\nexpected: the same bytes, at the same address\n\
             got: other bytes, at another address"
        );
    }

    #[test]
    fn frees_no_head_on_the_way() {
        let (_, _head) = accept(Head { bytes: b"GET / HTTP/1.1\r\n\r\n".to_vec() });
        let got = FREED.get();
        assert_eq!(
            got, 0,
            "a head was freed inside `accept`: a copy was made for `size` to own; lend the head instead, with `&`\n\
             input: GET / HTTP/1.1\\r\\n\\r\\n\nexpected: 0 heads freed\ngot: {got}"
        );
    }
}
