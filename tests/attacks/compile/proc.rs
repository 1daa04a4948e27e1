//! attack = "include the compiler's own environment and command line from /proc"
//! kind = "environment"
//! gets = ["exited 1"]
//! held_by = ["no /proc"]

pub static ENVIRONMENT: &[u8] = include_bytes!("/proc/self/environ");
pub static PARENT: &[u8] = include_bytes!("/proc/1/cmdline");

pub fn main() {}
