//! exercise = "09-analytics"
//! mark = "count"
//! shape = "a fold of the standard library hands the tally from line to line"

    piece.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).map(read).for_each(|row| tally.add(row));
    tally
