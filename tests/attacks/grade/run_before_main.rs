//! attack = "a constructor that runs before the shim does (.init_array)"
//! kind = "forging"
//! gets = ["error 0"]
//! held_by = ["no unsafe code", "values are compared outside"]
//! exercise = "00-tour/first_green"

extern "C" fn early() {
    std::process::exit(0);
}

#[used]
#[unsafe(link_section = ".init_array")]
static EARLY: extern "C" fn() = early;

pub fn greet(_method: &str) -> String {
    String::new()
}
