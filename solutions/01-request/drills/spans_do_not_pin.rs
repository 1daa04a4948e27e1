//! Spans do not pin: the log prints the target of a request that failed, and by then the head has moved.
//!
//! A slice borrows the head, so the head may not move while the slice is still to be used.
//! If it could, the slice would point at bytes that someone else owns, and may have freed.
//! A span is two numbers. It borrows nothing, so the head may move, and the span fits its new owner.
//! Most requests go well and are not logged: copy the target only for those that failed.

/// The head of one request, as the client sent it.
pub struct Head {
    pub bytes: Vec<u8>,
}

/// A place in a head: `start` is the first byte, `end` is one past the last. It is `Copy`, as numbers are.
#[derive(Clone, Copy)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    /// The bytes of `head` at this place: a slice, which borrows the head.
    pub fn of(self, head: &Head) -> &[u8] {
        &head.bytes[self.start..self.end]
    }
}

/// Where the target stands: the second word of the head.
pub fn find_target(head: &Head) -> Span {
    let mut spaces = head.bytes.iter().enumerate().filter(|(_, byte)| **byte == b' ').map(|(at, _)| at);
    let start = spaces.next().map_or(0, |space| space + 1);
    Span { start, end: spaces.next().unwrap_or(head.bytes.len()) }
}

/// The stage that talks to the upstream: the head that it owns, and the status that came back.
pub struct Upstream {
    pub head: Head,
    pub status: u16,
}

/// Takes the head and sends it. In this drill, the target says how the upstream answers.
pub fn forward(head: Head) -> Upstream {
    let status = match find_target(&head).of(&head) {
        b"/down" => 502,
        b"/broken" => 500,
        b"/missing" => 404,
        _ => 200,
    };
    Upstream { head, status }
}

/// A text for the log: a copy of `bytes`.
pub fn copy_for_the_log(bytes: &[u8]) -> String {
    #[cfg(test)]
    tests::COPIES.set(tests::COPIES.get() + 1);
    String::from_utf8_lossy(bytes).into_owned()
}

/// Forwards the head; for the log, gives the target of a request that failed with 500 or more.
pub fn serve(head: Head) -> (Upstream, Option<String>) {
    // exercise: begin
    let target = find_target(&head);
    let upstream = forward(head);
    let failed = if upstream.status >= 500 { Some(copy_for_the_log(target.of(&upstream.head))) } else { None };
    (upstream, failed)
    // exercise: stub
    // let target = find_target(&head).of(&head);
    // let upstream = forward(head);
    // let failed = if upstream.status >= 500 { Some(copy_for_the_log(target)) } else { None };
    // (upstream, failed)
    // exercise: end
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    // When the owner of a value goes away, Rust calls `drop` on the value. Here that counts the freed heads.
    thread_local! {
        static FREED: Cell<usize> = const { Cell::new(0) };
        pub(super) static COPIES: Cell<usize> = const { Cell::new(0) };
    }

    impl Drop for Head {
        fn drop(&mut self) {
            FREED.set(FREED.get() + 1);
        }
    }

    fn head(target: &str) -> Head {
        Head { bytes: format!("GET {target} HTTP/1.1\r\n\r\n").into_bytes() }
    }

    fn check(target: &str, status: u16, expected: Option<&str>, why: &str) {
        let (upstream, got) = serve(head(target));
        assert_eq!(upstream.status, status, "the upstream's answer to GET {target}");
        assert!(got.as_deref() == expected, "{why}\ninput: GET {target}\nexpected: {expected:?}\ngot: {got:?}");
    }

    #[test]
    fn logs_the_target_of_a_request_that_failed() {
        check("/down", 502, Some("/down"), "the upstream answered 502: the log has to name the target");
        check("/broken", 500, Some("/broken"), "the upstream answered 500: the log has to name the target");
    }

    #[test]
    fn logs_nothing_for_a_request_that_went_well() {
        check("/menu", 200, None, "the upstream answered 200: there is nothing to log");
        check("/missing", 404, None, "the upstream answered 404, so it works: there is nothing to log");
    }

    #[test]
    fn copies_nothing_for_a_request_that_went_well() {
        let _served = serve(head("/menu"));
        let got = COPIES.get();
        assert_eq!(
            got, 0,
            "the target was copied before anybody knew that it is needed: keep its span, and copy after `forward`\n\
             input: GET /menu\nexpected: 0 copies\ngot: {got}"
        );
    }

    #[test]
    fn sends_the_head_itself() {
        let head = head("/down");
        let before = head.bytes.as_ptr();
        let (upstream, _) = serve(head);
        assert!(
            upstream.head.bytes.as_ptr() == before && FREED.get() == 0,
            "a copy of the head was made so that the slice could stay: a span lets the head itself move\n\
             input: GET /down\nexpected: the same bytes at the same address, 0 heads freed\ngot: {} heads freed, at {}",
            FREED.get(),
            if upstream.head.bytes.as_ptr() == before { "the same address" } else { "another address" }
        );
    }
}
