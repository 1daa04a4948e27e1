//! attack = "use a crate of the sysroot that only the compiler itself may use"
//! kind = "kernel"
//! gets = ["exited 1"]
//! held_by = ["stable compiler"]

#![feature(rustc_private)]
extern crate rustc_driver;

pub fn main() {}
