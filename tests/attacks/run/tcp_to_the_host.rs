//! attack = "connect to a server that listens on the host's loopback, over IPv4 and IPv6"
//! kind = "network"
//! gets = ["exited 0"]
//! held_by = ["net namespace"]

use foe::{Briefing, through};
use std::io::{Read, Write};
use std::net::TcpStream;

pub fn main() {
    for address in Briefing::read().all("tcp") {
        if let Ok(mut stream) = TcpStream::connect(address) {
            let _ = stream.write_all(b"from inside the box\n");
            let mut said = [0; 256];
            let length = stream.read(&mut said).unwrap_or(0);
            through(format!("{address} said {}", String::from_utf8_lossy(&said[..length])));
        }
    }
}
