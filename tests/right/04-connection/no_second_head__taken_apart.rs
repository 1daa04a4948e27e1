//! exercise = "04-connection/no_second_head"
//! mark = "body"
//! shape = "the answer is taken apart, and its wire goes on"

impl Fresh {
    pub fn head(self, status: u16) -> Begun {
        let Fresh { mut wire } = self;
        wire.lines.push(format!("HTTP/1.1 {status}"));
        Begun { wire }
    }
}

impl Begun {
    pub fn body(self, piece: &str) -> Self {
        let Begun { mut wire } = self;
        wire.lines.push(String::from(piece));
        Begun { wire }
    }

    pub fn end(self) -> Wire {
        let Begun { wire } = self;
        wire
    }
}
