//! attack = "link a library that lies beside the hidden cases, and give the linker options"
//! kind = "hidden tests"
//! gets = ["exited 1"]
//! held_by = ["root of its own"]

#[link(name = "/secret/file", kind = "static", modifiers = "+verbatim,+whole-archive")]
unsafe extern "C" {
    fn stolen() -> u8;
}

pub fn main() {
    // SAFETY: never reached: it does not link.
    println!("{}", unsafe { stolen() });
}
