//! exercise = "09-analytics"
//! mark = "count"
//! misconception = "asking twice costs nothing"
//! fails = "step_2_count::asks_the_reader_once_for_each_line"
//! says = "gets each line once"

    for line in piece.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        if read(line).is_some() {
            tally.add(read(line));
        } else {
            tally.add(None);
        }
    }
    tally
