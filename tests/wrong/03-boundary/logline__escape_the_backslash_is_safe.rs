//! exercise = "03-boundary"
//! mark = "escape"
//! misconception = "the escape character itself needs no escape"
//! fails = "step_1_write::escapes_the_backslash_too"
//! says = "must not be read as a quote"

    for &byte in text {
        if plain(byte) || byte == b'\\' {
            out.push(byte);
        } else {
            out.extend_from_slice(&spell::escaped(byte));
        }
    }
