//! attack = "connect to an abstract socket of the host, which no file system hides"
//! kind = "network"
//! gets = ["exited 0"]
//! held_by = ["net namespace"]

use foe::{Briefing, through};
use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixStream};

pub fn main() {
    for name in Briefing::read().all("abstract") {
        let address = SocketAddr::from_abstract_name(name).expect("a short name");
        if UnixStream::connect_addr(&address).is_ok() {
            through(format!("connected to @{name}"));
        }
    }
}
