//! exercise = "03-boundary"
//! mark = "rows"
//! shape = "a closure that owns its counter"

    let mut number = 0;
    log.split(|byte| *byte == b'\n').filter_map(move |line| {
        number += 1;
        if line.is_empty() { None } else { Some((number, parse(line))) }
    })
