//! Whose value is it? Two loans go into a function, and one comes out.
//!
//! A field line and a name go in. The value that comes out is a piece of the line.
//! rustc reads the signature, and not the body: from which of the two is the value borrowed?
//! The caller has to know, because one of them may be gone while the value is still in use.
//! Give the loan that matters a name, and say where it goes in and where it comes out.

// exercise: begin
/// The value of a field line, if its name is `name`: a piece of the line, without the white space around it.
pub fn value_of<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let (before, value) = line.split_once(':')?;
    if before.eq_ignore_ascii_case(name) { Some(value.trim()) } else { None }
}
// exercise: stub
// /// The value of a field line, if its name is `name`: a piece of the line, without the white space around it.
// pub fn value_of(line: &str, name: &str) -> Option<&str> {
//     let (before, value) = line.split_once(':')?;
//     if before.eq_ignore_ascii_case(name) { Some(value.trim()) } else { None }
// }
// exercise: end

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, name: &str, expected: Option<&str>, why: &str) {
        let got: Option<&str> = value_of(line, name);
        assert!(got == expected, "{why}\nline: {line:?}\nname: {name:?}\nexpected: {expected:?}\ngot: {got:?}");
    }

    #[test]
    fn gives_the_value_of_the_line() {
        check("Host: cafe.example", "Host", Some("cafe.example"), "the line has this name");
        check("X-Table:7", "X-Table", Some("7"), "no space stands behind the colon, and none has to");
        check("Accept:", "Accept", Some(""), "the value is there, and empty");
    }

    #[test]
    fn gives_nothing_for_another_name() {
        check("Host: cafe.example", "Accept", None, "the line has another name");
        check("Host: cafe.example", "Hos", None, "a piece of a name is another name");
        check("no colon here", "no colon here", None, "this is no field line");
    }

    #[test]
    fn compares_names_without_regard_to_capitals() {
        check("HOST: cafe.example", "host", Some("cafe.example"), "letters of a name are the same, small or capital");
    }

    #[test]
    fn gives_a_value_that_outlives_the_name() {
        let line = String::from("Host: cafe.example");
        let value = {
            let name = String::from("host");
            value_of(&line, &name)
        };
        assert_eq!(value, Some("cafe.example"), "the name is gone, and the line is not");
    }

    #[test]
    fn copies_nothing() {
        let line = String::from("Host: cafe.example");
        let value = value_of(&line, "Host").map(|value| value.as_ptr());
        let expected = line[6..].as_ptr();
        assert!(value == Some(expected), "the value was copied\nexpected: a piece of the line itself");
    }
}
