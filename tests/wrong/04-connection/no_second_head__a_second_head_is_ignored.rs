//! exercise = "04-connection/no_second_head"
//! mark = "body"
//! misconception = "a check at run time is as good as a type"
//! fails = "a_second_head_does_not_compile"
//! says = "no method that sends another one"

impl Fresh {
    pub fn head(mut self, status: u16) -> Begun {
        self.wire.lines.push(format!("HTTP/1.1 {status}"));
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

    pub fn head(self, _status: u16) -> Begun {
        self
    }
}
