//! exercise = "04-connection/no_second_head"
//! mark = "body"
//! misconception = "a step may leave the old state where it was"
//! fails = "E0308"
//! says = "by value"

impl Fresh {
    pub fn head(&mut self, status: u16) -> Begun {
        self.wire.lines.push(format!("HTTP/1.1 {status}"));
        Begun { wire: Wire { lines: std::mem::take(&mut self.wire.lines) } }
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
