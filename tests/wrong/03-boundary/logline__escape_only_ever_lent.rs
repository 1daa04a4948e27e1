//! exercise = "03-boundary"
//! mark = "escape"
//! misconception = "a slice can be pushed like a byte"
//! fails = "E0308"
//! says = "`extend_from_slice` takes a slice"

    for &byte in text {
        if plain(byte) {
            out.push(byte);
        } else {
            out.push(spell::escaped(byte));
        }
    }
