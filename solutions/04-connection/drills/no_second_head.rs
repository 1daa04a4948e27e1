//! No second head: an answer is a head, then its body, and no other order compiles.
//!
//! One type does everything below, so `answer.body("…")` before the head compiles, and so does a second head.
//! The client would get bytes that it cannot read, and the first to notice is a customer.
//! Make two types of it. An answer that is `Fresh` has one method, `head`, and that makes it `Begun`.
//! `body` and `end` are what an answer can do that is `Begun`.
//! Each step takes its answer by value, so that nobody can go back to a state that is over.
//! Then a misuse needs no test and no check at run time: there is no method to call.

/// What goes to the client, line by line. There is one of it for a connection.
#[derive(Debug)]
pub struct Wire {
    pub lines: Vec<String>,
}

/// An answer of which nothing was sent.
#[derive(Debug)]
pub struct Fresh {
    wire: Wire,
}

/// An answer whose head is out.
#[derive(Debug)]
pub struct Begun {
    wire: Wire,
}

impl Fresh {
    /// An answer that will go out on `wire`.
    pub fn new(wire: Wire) -> Fresh {
        Fresh { wire }
    }
}

// exercise: begin
impl Fresh {
    /// Sends the head.
    pub fn head(mut self, status: u16) -> Begun {
        self.wire.lines.push(format!("HTTP/1.1 {status}"));
        Begun { wire: self.wire }
    }
}

impl Begun {
    /// Sends a piece of the body.
    pub fn body(mut self, piece: &str) -> Begun {
        self.wire.lines.push(piece.to_string());
        self
    }

    /// Ends the answer, and gives the wire back for the next one.
    pub fn end(self) -> Wire {
        self.wire
    }
}
// exercise: stub
// impl Fresh {
//     /// Sends the head.
//     pub fn head(mut self, status: u16) -> Fresh {
//         self.wire.lines.push(format!("HTTP/1.1 {status}"));
//         self
//     }
//
//     /// Sends a piece of the body.
//     pub fn body(mut self, piece: &str) -> Fresh {
//         self.wire.lines.push(piece.to_string());
//         self
//     }
//
//     /// Ends the answer, and gives the wire back for the next one.
//     pub fn end(self) -> Wire {
//         self.wire
//     }
// }
// exercise: end

#[cfg(test)]
mod tests {
    use super::*;
    use std::any::type_name_of_val;

    fn fresh() -> Fresh {
        Fresh::new(Wire { lines: Vec::new() })
    }

    // `Fresh::head(answer, …)` is `answer.head(…)`, and it compiles only when `head` takes the answer by value.
    fn answer(status: u16, pieces: &[&str]) -> Vec<String> {
        let mut begun = Fresh::head(fresh(), status);
        for piece in pieces {
            begun = Begun::body(begun, piece);
        }
        Begun::end(begun).lines
    }

    fn check(status: u16, pieces: &[&str], expected: &[&str]) {
        let got = answer(status, pieces);
        let why = "the head goes first, and each piece after it";
        assert!(got == expected, "{why}\ninput: {status}, {pieces:?}\nexpected: {expected:?}\ngot: {got:?}");
    }

    #[test]
    fn a_head_alone_is_an_answer() {
        check(204, &[], &["HTTP/1.1 204"]);
    }

    #[test]
    fn the_pieces_come_after_the_head_in_order() {
        check(200, &["soup", "bread"], &["HTTP/1.1 200", "soup", "bread"]);
    }

    #[test]
    fn the_wire_serves_the_next_answer() {
        let first = Begun::end(Fresh::head(fresh(), 200));
        let got = Begun::end(Fresh::head(Fresh::new(first), 404)).lines;
        let why = "the same wire goes from one answer to the next";
        assert_eq!(got, ["HTTP/1.1 200", "HTTP/1.1 404"], "{why}");
    }

    // "Must not compile" as a test. A method of the type's own goes before one that a trait gives it (chapter 06), so
    // the ones below are called only where the type has none of that name, and where the call would not compile.
    mod elsewhere {
        pub struct NoSuchMethod;

        pub trait Misuse: Sized {
            fn head(self, _: u16) -> NoSuchMethod {
                NoSuchMethod
            }
            fn body(self, _: &str) -> NoSuchMethod {
                NoSuchMethod
            }
            fn end(self) -> NoSuchMethod {
                NoSuchMethod
            }
        }

        impl Misuse for super::Fresh {}
        impl Misuse for super::Begun {}
    }

    fn refused(call: &str, got: &str, why: &str) {
        let refused = got.ends_with("NoSuchMethod");
        assert!(refused, "{why}\ninput: {call}\nexpected: it does not compile\ngot: it compiles, and gives {got}");
    }

    #[test]
    fn a_body_without_a_head_does_not_compile() {
        use elsewhere::Misuse;
        let why = "an answer that is Fresh still has this method: move it to Begun, do not copy it there";
        refused("fresh.body(\"soup\")", type_name_of_val(&fresh().body("soup")), why);
        refused("fresh.end()", type_name_of_val(&fresh().end()), why);
    }

    #[test]
    fn a_second_head_does_not_compile() {
        use elsewhere::Misuse;
        let why = "an answer whose head is out must have no method that sends another one";
        refused("fresh.head(200).head(404)", type_name_of_val(&Fresh::head(fresh(), 200).head(404)), why);
    }
}
