//! attack = "a type of one's own, called String, that is equal to everything"
//! kind = "forging"
//! gets = ["error 0"]
//! held_by = ["types are pinned"]
//! exercise = "00-tour/first_green"

pub struct String;

impl<T> PartialEq<T> for String {
    fn eq(&self, _: &T) -> bool {
        true
    }
}

impl std::fmt::Display for String {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("right")
    }
}

pub fn greet(_method: &str) -> String {
    String
}
