//! exercise = "04-connection/no_second_head"
//! mark = "body"
//! misconception = "a state is told by a field, and needs no type"
//! fails = "E0599"
//! says = "belongs to `Begun`"

impl Fresh {
    pub fn head(mut self, status: u16) -> Fresh {
        self.wire.lines.push(format!("HTTP/1.1 {status}"));
        self
    }

    pub fn body(mut self, piece: &str) -> Fresh {
        assert!(!self.wire.lines.is_empty(), "the head comes first");
        self.wire.lines.push(piece.to_string());
        self
    }

    pub fn end(self) -> Wire {
        self.wire
    }
}
