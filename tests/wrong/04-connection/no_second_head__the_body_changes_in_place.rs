//! exercise = "04-connection/no_second_head"
//! mark = "body"
//! misconception = "a method that changes something borrows it with `&mut self`"
//! fails = "E0308"
//! says = "by value"

impl Fresh {
    pub fn head(mut self, status: u16) -> Begun {
        self.wire.lines.push(format!("HTTP/1.1 {status}"));
        Begun { wire: self.wire }
    }
}

impl Begun {
    pub fn body(&mut self, piece: &str) -> Begun {
        self.wire.lines.push(piece.to_string());
        Begun { wire: Wire { lines: std::mem::take(&mut self.wire.lines) } }
    }

    pub fn end(self) -> Wire {
        self.wire
    }
}
