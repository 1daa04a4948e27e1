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
        for (method, expected) in [("GET", "a GET request arrived"), ("POST", "a POST request arrived")] {
            let got = greet(method);
            assert!(
                got == expected,
                "the log line names the method of this request: `format!` puts in what a name in single braces holds\n\
                 input: {method}\nexpected: {expected}\ngot: {got}"
            );
        }
    }
}
