//! attack = "reach a name server and a web server in the world"
//! kind = "network"
//! gets = ["exited 0"]
//! held_by = ["net namespace"]

use std::net::{TcpStream, UdpSocket};
use std::time::Duration;

pub fn main() {
    let sent = UdpSocket::bind("0.0.0.0:0").and_then(|socket| socket.send_to(b"who is there?", "192.0.2.1:53"));
    if sent.is_ok() {
        foe::through("a datagram has a way to the world");
    }
    let address = "192.0.2.1:80".parse().expect("an address");
    let error = TcpStream::connect_timeout(&address, Duration::from_millis(300)).expect_err("nobody lives there");
    if error.kind() != std::io::ErrorKind::NetworkUnreachable {
        foe::through(format!("a connection has a way to the world: {error}"));
    }
}
