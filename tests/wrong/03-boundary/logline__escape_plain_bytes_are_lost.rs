//! exercise = "03-boundary"
//! mark = "escape"
//! misconception = "an append replaces what was there"
//! fails = "step_1_write::writes_a_request_as_one_line"
//! says = "an entry is one line"

    out.clear();
    for &byte in text {
        if plain(byte) {
            out.push(byte);
        } else {
            out.extend_from_slice(&spell::escaped(byte));
        }
    }
