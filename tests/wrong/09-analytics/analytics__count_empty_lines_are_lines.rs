//! exercise = "09-analytics"
//! mark = "count"
//! misconception = "the end of the last line begins one more"
//! fails = "step_2_count::counts_every_line"
//! says = "each line is one request"

    for line in piece.split(|byte| *byte == b'\n') {
        tally.add(read(line));
    }
    tally
