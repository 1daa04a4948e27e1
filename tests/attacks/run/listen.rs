//! attack = "listen for others on loopback and on an abstract name, and stay"
//! kind = "network"
//! gets = ["wall"]
//! held_by = ["net namespace", "wall limit"]
//! allow = { wall = 0.8 }

use std::net::{TcpListener, UdpSocket};
use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixListener};

pub fn main() {
    let name = SocketAddr::from_abstract_name("proxylings-meeting-point").expect("a short name");
    let _held = (
        TcpListener::bind("0.0.0.0:34567"),
        TcpListener::bind("[::]:34568"),
        UdpSocket::bind("0.0.0.0:34569"),
        UnixListener::bind_addr(&name),
    );
    foe::sleep_forever();
}
