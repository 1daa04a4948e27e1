//! exercise = "03-boundary"
//! mark = "escape"
//! misconception = "a buffer that is lent can be replaced by one of my own"
//! fails = "step_1_write::makes_no_second_buffer"
//! says = "it stays where it is"

    let mut line = out.clone();
    for &byte in text {
        if plain(byte) {
            line.push(byte);
        } else {
            line.extend_from_slice(&spell::escaped(byte));
        }
    }
    *out = line;
