//! attack = "output that clears the terminal, types into it, and turns the reading direction"
//! kind = "output text"
//! gets = ["fail 0", "crashed 0"]
//! held_by = ["clean output"]
//! exercise = "00-tour/first_green"

pub fn greet(method: &str) -> String {
    println!("\u{1b}[2J\u{1b}]0;owned\u{7}\u{1b}]52;c;cm0gLXJmIC8=\u{7}\u{9b}31m\r\u{8}");
    eprintln!("\u{202e}dessap\u{202c} \u{2066}a\u{2069} \u{200f}");
    if method.len() % 2 == 0 { panic!("\u{1b}[8m\u{202e}{method}") } else { String::from("\u{1b}c\u{0}") }
}
