//! exercise = "03-boundary"
//! mark = "rows"
//! misconception = "the order of two adapters does not matter"
//! fails = "step_3_rows::counts_empty_lines_and_leaves_them_out"
//! says = "an editor"

    log.split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .zip(1..)
        .map(|(line, number)| (number, parse(line)))
