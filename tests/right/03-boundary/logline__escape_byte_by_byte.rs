//! exercise = "03-boundary"
//! mark = "escape"
//! shape = "one byte after the other"

    for &byte in text {
        if plain(byte) {
            out.push(byte);
        } else {
            out.extend_from_slice(&spell::escaped(byte));
        }
    }
