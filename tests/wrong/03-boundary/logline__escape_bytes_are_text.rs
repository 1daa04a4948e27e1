//! exercise = "03-boundary"
//! mark = "escape"
//! misconception = "bytes from a client are UTF-8"
//! fails = "step_1_write::escapes_each_byte_that_is_not_printable_ascii_and_no_other"
//! says = "stays plain ASCII"

    for byte in String::from_utf8_lossy(text).bytes() {
        if plain(byte) {
            out.push(byte);
        } else {
            out.extend_from_slice(&spell::escaped(byte));
        }
    }
