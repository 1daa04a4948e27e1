//! exercise = "03-boundary"
//! mark = "rows"
//! misconception = "an entry can borrow from a copy that the function makes"
//! fails = "E0515"
//! says = "gone when it returns"

    let text = log.to_vec();
    let lines: Vec<&[u8]> = text.split(|byte| *byte == b'\n').collect();
    lines
        .into_iter()
        .zip(1..)
        .filter(|(line, _)| !line.is_empty())
        .map(|(line, number)| (number, parse(line)))
        .collect::<Vec<_>>()
        .into_iter()
