//! attack = "have the assembler put the hidden cases into the program"
//! kind = "hidden tests"
//! gets = ["exited 1"]
//! held_by = ["root of its own"]

std::arch::global_asm!(".globl stolen", "stolen:", ".incbin \"/secret/file\"");

pub fn greet() {}
