//! attack = "have the linker read a file of ours as a script, which includes the hidden cases"
//! kind = "hidden tests"
//! gets = ["exited 1"]
//! held_by = ["root of its own"]

#[link(name = "@/secret/file", kind = "dylib", modifiers = "+verbatim")]
unsafe extern "C" {
    fn stolen() -> u8;
}

pub fn main() {
    // SAFETY: never reached: it does not link.
    println!("{}", unsafe { stolen() });
}
