//! exercise = "03-boundary"
//! mark = "rows"
//! misconception = "an iterator can borrow a counter of the function that made it"
//! fails = "E0373"
//! says = "after this function has returned"

    let mut number = 0;
    log.split(|byte| *byte == b'\n').filter_map(|line| {
        number += 1;
        (!line.is_empty()).then(|| (number, parse(line)))
    })
