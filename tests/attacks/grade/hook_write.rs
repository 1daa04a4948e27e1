//! attack = "a function called write in the place of the C library's, through which all values go"
//! kind = "forging"
//! gets = ["error 0"]
//! held_by = ["no unsafe code", "values are compared outside"]
//! exercise = "00-tour/first_green"

#[unsafe(no_mangle)]
pub extern "C" fn write(_descriptor: i32, _bytes: *const u8, length: usize) -> isize {
    length as isize
}

pub fn greet(_method: &str) -> String {
    String::new()
}
