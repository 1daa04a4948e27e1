//! Kept from the round: a loop looks at one element after the other, and puts a slice of each into the caller's list.
//!
//! In each round, `element` is a new String. It is freed at the end of its round.
//! The caller's list would keep a slice of it for longer than that, and read freed memory.
//! The header value `list` is still there after the loop. So is every slice of it.

/// Puts each element of a comma-separated list into `found`: slices of `list`, without the white space around them.
/// Empty elements are left out.
pub fn put_elements<'a>(list: &'a str, found: &mut Vec<&'a str>) {
    for element in list.split(',') {
        let element = element.trim().to_string();
        if !element.is_empty() {
            found.push(&element);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(list: &str, expected: &[&str], why: &str) {
        let mut got = Vec::new();
        put_elements(list, &mut got);
        assert!(got == expected, "{why}\nlist: {list:?}\nexpected: {expected:?}\ngot: {got:?}");
    }

    #[test]
    fn finds_each_element() {
        check("gzip,deflate,br", &["gzip", "deflate", "br"], "the elements stand between commas");
        check("gzip", &["gzip"], "it is the only one");
    }

    #[test]
    fn leaves_white_space_out() {
        check(" br ,   gz,zstd  ", &["br", "gz", "zstd"], "white space around an element is no part of it");
    }

    #[test]
    fn leaves_empty_elements_out() {
        check("", &[], "there is none");
        check(",br, ,gz,", &["br", "gz"], "RFC 9110 5.6.1.2: empty elements do not count");
    }

    #[test]
    fn adds_to_what_is_there() {
        let mut got = vec!["identity"];
        put_elements("gzip", &mut got);
        put_elements("br", &mut got);
        assert_eq!(
            got,
            ["identity", "gzip", "br"],
            "the list is the caller's, and holds the elements of several lines"
        );
    }

    #[test]
    fn copies_nothing() {
        let list = String::from("br, deflate");
        let mut got = Vec::new();
        put_elements(&list, &mut got);
        assert!(
            got.iter().all(|element| list.as_bytes().as_ptr_range().contains(&element.as_ptr())),
            "an element was copied, and nobody will ever free the copy\n\
             list: {list:?}\nexpected: slices of the list itself\ngot: {got:?} at another place"
        );
    }
}
