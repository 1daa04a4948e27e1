//! exercise = "04-connection/no_second_head"
//! mark = "body"
//! misconception = "a method that is added where it belongs need not go elsewhere"
//! fails = "a_body_without_a_head_does_not_compile"
//! says = "do not copy it there"

impl Fresh {
    pub fn head(mut self, status: u16) -> Begun {
        self.wire.lines.push(format!("HTTP/1.1 {status}"));
        Begun { wire: self.wire }
    }

    pub fn body(mut self, piece: &str) -> Begun {
        self.wire.lines.push(piece.to_string());
        Begun { wire: self.wire }
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
