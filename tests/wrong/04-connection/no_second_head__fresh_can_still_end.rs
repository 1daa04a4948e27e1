//! exercise = "04-connection/no_second_head"
//! mark = "body"
//! misconception = "an answer without a head can be ended"
//! fails = "a_body_without_a_head_does_not_compile"
//! says = "an answer that is Fresh still has this method"

impl Fresh {
    pub fn head(mut self, status: u16) -> Begun {
        self.wire.lines.push(format!("HTTP/1.1 {status}"));
        Begun { wire: self.wire }
    }

    pub fn end(self) -> Wire {
        self.wire
    }
}

impl Begun {
    pub fn body(mut self, piece: &str) -> Begun {
        self.wire.lines.push(piece.to_string());
        self
    }

    pub fn end(self) -> Wire {
        self.wire
    }
}
