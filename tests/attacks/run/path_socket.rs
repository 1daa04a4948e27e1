//! attack = "connect to a socket in the host's file system, as a database or a container engine has one"
//! kind = "network"
//! gets = ["exited 0"]
//! held_by = ["root of its own"]

use foe::{Briefing, through};
use std::os::unix::net::UnixStream;

pub fn main() {
    for path in Briefing::read().all("socket").chain([
        "/run/docker.sock",
        "/var/run/docker.sock",
        "/run/dbus/system_bus_socket",
    ]) {
        if UnixStream::connect(path).is_ok() {
            through(format!("connected to {path}"));
        }
    }
}
