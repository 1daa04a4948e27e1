//! A name in a temporary: the log writes field names in small letters, whatever the client sent.
//!
//! `small` is a new text. This function owns it, so it is freed when the function ends.
//! A slice of it would point at freed memory, in which the next request may already write.
//! No lifetime in the signature can make a local variable live longer.
//! What is made here can only leave as itself: give the String away, and its new owner keeps it alive.

// exercise: begin
/// The name of a field as the log writes it: in small letters.
pub fn log_name(name: &str) -> String {
    name.to_ascii_lowercase()
}
// exercise: stub
// /// The name of a field as the log writes it: in small letters.
// pub fn log_name(name: &str) -> &str {
//     let small = name.to_ascii_lowercase();
//     &small
// }
// exercise: end

/// A line of the log for each field.
pub fn log_lines(fields: &[(&str, &str)]) -> Vec<String> {
    fields.iter().map(|(name, value)| format!("{}={value}", log_name(name))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::any::{type_name, type_name_of_val};

    fn check(name: &str, expected: &str, why: &str) {
        let got = log_name(name);
        assert!(got == expected, "{why}\nname: {name:?}\nexpected: {expected:?}\ngot: {got:?}");
    }

    #[test]
    fn writes_a_name_in_small_letters() {
        check("Host", "host", "the log writes small letters");
        check("X-TABLE", "x-table", "all of them, and not the first one alone");
    }

    #[test]
    fn leaves_other_bytes_as_they_are() {
        check("x-request-2_id", "x-request-2_id", "digits and marks have no capitals");
        check("", "", "nothing in, nothing out");
    }

    #[test]
    fn gives_the_text_itself_away() {
        let got = type_name_of_val(&log_name("Host"));
        let expected = type_name::<String>();
        assert!(
            got == expected,
            "the log is written when the head is gone: what is made here has to leave as itself, with its owner\n\
             expected: {expected}\ngot: {got}, a loan"
        );
    }

    #[test]
    fn writes_a_line_for_each_field() {
        let got = log_lines(&[("Host", "Cafe"), ("ACCEPT", "*/*")]);
        assert_eq!(got, ["host=Cafe", "accept=*/*"], "names in small letters, values as they came");
    }
}
