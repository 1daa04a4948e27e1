//! exercise = "09-analytics"
//! mark = "count"
//! misconception = "a line holds its line end"
//! fails = "step_2_count::counts_every_line"
//! says = "each line is one request"

    for line in piece.split_inclusive(|byte| *byte == b'\n') {
        tally.add(read(line));
    }
    tally
