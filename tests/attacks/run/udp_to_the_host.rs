//! attack = "send a datagram to the host's loopback, and one to everybody"
//! kind = "network"
//! gets = ["exited 0"]
//! held_by = ["net namespace"]

use foe::Briefing;
use std::net::UdpSocket;

pub fn main() {
    let Ok(socket) = UdpSocket::bind("127.0.0.1:0") else { return };
    for address in Briefing::read().all("udp") {
        let _ = socket.send_to(b"from inside the box", address);
        let _ = socket.set_broadcast(true);
        let _ = socket.send_to(b"from inside the box", "255.255.255.255:9999");
    }
}
