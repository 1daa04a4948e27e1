//! attack = "right for the inputs of the visible tests, and for nothing else"
//! kind = "forging"
//! gets = ["fail 0"]
//! held_by = ["values are compared outside", "random seeds"]
//! exercise = "00-tour/first_green"

pub fn greet(method: &str) -> String {
    match method {
        "GET" => String::from("a GET request arrived"),
        "POST" => String::from("a POST request arrived"),
        _ => String::new(),
    }
}
