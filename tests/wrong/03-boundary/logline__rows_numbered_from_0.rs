//! exercise = "03-boundary"
//! mark = "rows"
//! misconception = "lines are numbered like the elements of a slice"
//! fails = "step_3_rows::gives_each_line_with_its_number"
//! says = "numbered from 1"

    log.split(|byte| *byte == b'\n')
        .zip(0..)
        .filter(|(line, _)| !line.is_empty())
        .map(|(line, number)| (number, parse(line)))
