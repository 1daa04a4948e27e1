//! exercise = "03-boundary"
//! mark = "rows"
//! shape = "an iterator made of one function that owns the rest of the log"

    let mut lines = log.split(|byte| *byte == b'\n').enumerate();
    std::iter::from_fn(move || {
        let (at, line) = lines.find(|(_, line)| !line.is_empty())?;
        Some((at as u64 + 1, parse(line)))
    })
