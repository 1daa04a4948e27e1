//! attack = "panic with the words of a success, and make panics silent"
//! kind = "forging"
//! gets = ["fail 0"]
//! held_by = ["values are compared outside"]
//! exercise = "00-tour/first_green"

pub fn greet(method: &str) -> String {
    std::panic::set_hook(Box::new(|_| println!("test result: ok. 1 passed")));
    panic!("a {method} request arrived")
}
