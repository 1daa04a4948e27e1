//! What a proxy mends in an upstream's answer before it reads it.

/// Takes white space before the colon of a field line out of the head `bytes[..end]`; says where it ends now.
///
/// RFC 9112 5.1: in a request it is refused, in a response a proxy has to remove it.
pub(crate) fn mend_colons(bytes: &mut Vec<u8>, end: usize) -> usize {
    let suspicious = |at: usize| at > 0 && matches!(bytes[at - 1], b' ' | b'\t');
    if !memchr::memchr_iter(b':', &bytes[..end]).any(suspicious) {
        return end;
    }
    let mut mended = Vec::with_capacity(bytes.len());
    for (number, line) in bytes[..end].split_inclusive(|&byte| byte == b'\n').enumerate() {
        let colon = line.iter().position(|&byte| byte == b':').unwrap_or(0);
        let name = line[..colon].trim_ascii_end();
        // The status line has no field name, and a line that begins with white space is folded: not ours to mend.
        if number > 0 && !name.is_empty() && !matches!(line[0], b' ' | b'\t') {
            mended.extend_from_slice(name);
            mended.extend_from_slice(&line[colon..]);
        } else {
            mended.extend_from_slice(line);
        }
    }
    let mended_end = mended.len();
    mended.extend_from_slice(&bytes[end..]);
    *bytes = mended;
    mended_end
}

#[cfg(test)]
mod tests {
    use super::mend_colons;

    #[test]
    fn white_space_before_a_colon_goes_and_everything_else_stays() {
        let mut bytes = b"HTTP/1.1 200 a : b\r\nA \t: b : c\r\nD: e\r\n x : y\r\n\r\nbody : x".to_vec();
        let end = bytes.len() - b"body : x".len();
        let mended_end = mend_colons(&mut bytes, end);
        let expected = "HTTP/1.1 200 a : b\r\nA: b : c\r\nD: e\r\n x : y\r\n\r\nbody : x";
        assert_eq!(String::from_utf8_lossy(&bytes), expected);
        assert_eq!(mended_end, expected.len() - b"body : x".len());
    }
}
