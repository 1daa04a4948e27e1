//! exercise = "03-boundary"
//! mark = "rows"
//! misconception = "one broken line makes the whole log unreadable"
//! fails = "step_3_rows::goes_on_after_a_line_that_cannot_be_read"
//! says = "does not cost the rest"

    log.split(|byte| *byte == b'\n')
        .zip(1..)
        .filter(|(line, _)| !line.is_empty())
        .map(|(line, number)| (number, parse(line)))
        .take_while(|(_, row)| row.is_ok())
