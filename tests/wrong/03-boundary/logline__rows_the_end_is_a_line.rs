//! exercise = "03-boundary"
//! mark = "rows"
//! misconception = "what follows the last line end is a line"
//! fails = "step_3_rows::gives_each_line_with_its_number"
//! says = "numbered from 1"

    log.split(|byte| *byte == b'\n').zip(1..).map(|(line, number)| (number, parse(line)))
