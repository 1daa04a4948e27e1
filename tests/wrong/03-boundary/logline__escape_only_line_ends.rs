//! exercise = "03-boundary"
//! mark = "escape"
//! misconception = "only a line break is dangerous"
//! fails = "step_1_write::keeps_a_client_from_ending_its_text"
//! says = "what follows would be read as other fields"

    for &byte in text {
        if plain(byte) || !matches!(byte, b'\n' | b'\r') {
            out.push(byte);
        } else {
            out.extend_from_slice(&spell::escaped(byte));
        }
    }
