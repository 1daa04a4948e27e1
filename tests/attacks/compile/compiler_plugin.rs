//! attack = "turn the answer into a macro that rustc loads into itself"
//! kind = "kernel"
//! gets = ["exited 1"]
//! held_by = ["stable compiler"]

extern crate proc_macro;

#[proc_macro]
pub fn run_inside_the_compiler(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    std::process::exit(0)
}

pub fn main() {
    run_inside_the_compiler!();
}
