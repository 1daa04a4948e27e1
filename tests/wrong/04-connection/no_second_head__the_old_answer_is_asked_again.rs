//! exercise = "04-connection/no_second_head"
//! mark = "body"
//! misconception = "after its wire was moved out, an answer is still there"
//! fails = "E0382"
//! says = "has moved"

impl Fresh {
    pub fn head(self, status: u16) -> Begun {
        let mut begun = Begun { wire: self.wire };
        begun.wire.lines.push(format!("HTTP/1.1 {status}, line {}", self.wire.lines.len()));
        begun
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
