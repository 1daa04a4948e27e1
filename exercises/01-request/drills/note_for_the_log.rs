//! A note for the log: the head leaves with the request, and two of its words are needed later.
//!
//! The access log is written when the response has ended.
//! By then the upstream stage has the head, and has freed it.
//! The note below takes `method` and `path` out of the head, so a head with two holes would go upstream.
//! Give the note words of its own, and send the head on whole.
//! The head may hold 16,000 bytes of fields, the two words are short: copy what the log prints, and no more.

/// The field lines of a head. They are its largest part.
#[derive(Clone)]
pub struct Fields {
    pub lines: Vec<String>,
}

/// The head of one request.
#[derive(Clone)]
pub struct Head {
    pub method: String,
    pub path: String,
    pub fields: Fields,
}

/// What the access log prints. It outlives the request.
pub struct Note {
    pub method: String,
    pub path: String,
}

/// The stage that talks to the upstream. It owns the head that it sends.
pub struct Upstream {
    pub head: Head,
}

/// Takes the head: the caller does not have it any more.
pub fn forward(head: Head) -> Upstream {
    Upstream { head }
}

/// Forwards the head, and keeps a note for the log.
pub fn hand_on(head: Head) -> (Note, Upstream) {
    let note = Note { method: head.method, path: head.path };
    let upstream = forward(head);
    (note, upstream)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    // When the owner of a value goes away, Rust calls `drop` on the value. Here that counts the freed field lists.
    thread_local! { static FREED: Cell<usize> = const { Cell::new(0) }; }

    impl Drop for Fields {
        fn drop(&mut self) {
            FREED.set(FREED.get() + 1);
        }
    }

    fn head_of(method: &str, path: &str) -> Head {
        let fields = Fields { lines: vec![String::from("Host: cafe.example")] };
        Head { method: String::from(method), path: String::from(path), fields }
    }

    fn head() -> Head {
        head_of("GET", "/menu")
    }

    #[test]
    fn notes_the_method_and_the_path() {
        for (method, path) in [("GET", "/menu"), ("POST", "/order")] {
            let (note, _upstream) = hand_on(head_of(method, path));
            let got = (note.method.as_str(), note.path.as_str());
            assert_eq!(got, (method, path), "the note holds the words of the request\ninput: {method} {path}");
        }
    }

    #[test]
    fn the_upstream_gets_a_whole_head() {
        let (_, upstream) = hand_on(head());
        let got = (upstream.head.method.as_str(), upstream.head.path.as_str(), upstream.head.fields.lines.len());
        assert_eq!(got, ("GET", "/menu", 1), "the upstream needs every word too, and all fields\ninput: GET /menu");
    }

    #[test]
    fn the_upstream_gets_the_head_itself() {
        let head = head();
        let before = head.fields.lines.as_ptr();
        let (_, upstream) = hand_on(head);
        assert!(
            upstream.head.fields.lines.as_ptr() == before,
            "the upstream stage got a copy of the fields: the note needs two words, and the head itself can move\n\
             input: GET /menu\nexpected: the same fields, at the same address\ngot: other fields, at another address"
        );
    }

    #[test]
    fn copies_the_two_words_and_no_fields() {
        let (_note, _upstream) = hand_on(head());
        let got = FREED.get();
        assert_eq!(
            got, 0,
            "a copy of all fields was made, and freed again: clone the two words, not the whole head\n\
             input: GET /menu\nexpected: 0 copies of the fields freed\ngot: {got}"
        );
    }
}
