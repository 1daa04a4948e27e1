//! exercise = "03-boundary"
//! mark = "escape"
//! misconception = "a text can be written as it came"
//! fails = "step_1_write::keeps_a_client_from_ending_its_line"
//! says = "a line that no request has written"

    let _ = plain;
    out.extend_from_slice(text);
