//! exercise = "03-boundary"
//! mark = "escape"
//! misconception = "a byte that may not be written can be left out"
//! fails = "step_1_write::keeps_a_client_from_ending_its_line"
//! says = "a line that no request has written"

    out.extend(text.iter().copied().filter(|byte| plain(*byte)));
