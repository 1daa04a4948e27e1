//! exercise = "04-connection/no_second_head"
//! mark = "body"
//! shape = "head makes the new state first, and that one writes"

impl Fresh {
    pub fn head(self, status: u16) -> Begun {
        Begun { wire: self.wire }.write(format!("HTTP/1.1 {status}"))
    }
}

impl Begun {
    fn write(mut self, line: String) -> Begun {
        self.wire.lines.push(line);
        self
    }

    pub fn body(self, piece: &str) -> Begun {
        self.write(piece.to_owned())
    }

    pub fn end(self) -> Wire {
        self.wire
    }
}
