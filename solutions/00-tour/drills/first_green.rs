//! Your first green: the compiler meets a name that it does not know.
//!
//! Every request line starts with a method. `greet` puts it at the front of a line for the log.
//! One name below is misspelled. Read what the compiler says, mend it, save the file.

/// The line that the proxy logs when a request arrives.
pub fn greet(method: &str) -> String {
    // exercise: begin
    format!("a {method} request arrived")
    // exercise: stub
    // format!("a {metod} request arrived")
    // exercise: end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_method() {
        assert_eq!(greet("GET"), "a GET request arrived");
        assert_eq!(greet("POST"), "a POST request arrived");
    }
}
