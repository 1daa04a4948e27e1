//! exercise = "09-analytics"
//! mark = "count"
//! misconception = "what cannot be read need not be counted"
//! fails = "step_2_count::counts_what_cannot_be_read"
//! says = "counted as one"

    for line in piece.split(|byte| *byte == b'\n') {
        if let Some(row) = read(line) {
            tally.add(Some(row));
        }
    }
    tally
