//! exercise = "09-analytics"
//! mark = "count"
//! misconception = "a function that counts begins at zero"
//! fails = "step_2_count::goes_on_with_the_tally_that_it_is_given"
//! says = "must not be lost"

    tally = Tally::default();
    for line in piece.split(|byte| *byte == b'\n') {
        if !line.is_empty() {
            tally.add(read(line));
        }
    }
    tally
