//! exercise = "03-boundary"
//! mark = "rows"
//! misconception = "a line without its line end is not there"
//! fails = "step_3_rows::reads_a_last_line_without_its_line_end"
//! says = "still a line"

    log.split_inclusive(|byte| *byte == b'\n')
        .zip(1..)
        .filter(|(line, _)| line.len() > 1 && line.ends_with(b"\n"))
        .map(|(line, number)| (number, parse(line)))
